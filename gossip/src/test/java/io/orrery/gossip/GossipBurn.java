package io.orrery.gossip;

import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.config.SyncConfig;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;

/** One seed: a small cluster under faults and changing rows; then the faults end, and it has to converge. */
final class GossipBurn {
    private static final int STEPS = 40;
    private static final long STEP_NANOS = Time.millis(500);
    private static final long CONVERGED_WITHIN_SECONDS = 60;

    private final Cluster cluster;
    private final Prng prng;
    private final int size;
    private int nextRow;

    private GossipBurn(long seed, GossipRules rules) {
        prng = new Prng(seed).fork("burn");
        size = 3 + prng.below(4);
        GossipConfig config = GossipConfig.fast("burn");
        config = config.with(config.probe().withStreamFallback(prng.chance(500_000)));
        if (prng.chance(300_000)) {
            config = config.with(
                    new RetentionConfig(Time.seconds(1), Time.seconds(4), Time.seconds(12), Time.seconds(5), 16));
            SyncConfig sync = config.sync();
            config = config.with(
                    new SyncConfig(sync.intervalNanos(), sync.joinRetryNanos(), sync.joinRetryMaxNanos(), 1));
        }
        cluster = new Cluster(seed, config, logConfig(), rules);
    }

    /** Half of the runs remember so little that snapshots are usual. */
    private OwnerLogConfig logConfig() {
        int remembered = prng.chance(500_000) ? 5 : 1000;
        return new OwnerLogConfig(
                Time.millis(5), 4, 100, remembered, 10_000, 50, Time.millis(200), Time.millis(500), 2);
    }

    /**
     * Runs a seed to its end.
     *
     * @throws io.orrery.sim.SimulationFailure if a rule is broken
     * @throws AssertionError if the cluster does not converge
     */
    static Cluster run(long seed, GossipRules rules) {
        GossipBurn burn = new GossipBurn(seed, rules);
        burn.cluster.add(burn.size);
        burn.cluster.sim.runFor(Time.seconds(1));
        for (int step = 0; step < STEPS; step++) {
            burn.disturb();
            burn.write();
            burn.cluster.sim.runFor(STEP_NANOS);
        }
        burn.settle(seed);
        return burn.cluster;
    }

    private void disturb() {
        int node = prng.below(size);
        NodeId id = cluster.nodes.get(node);
        NodeId other = cluster.nodes.get(prng.below(size));
        switch (prng.below(16)) {
            case 0, 1 -> crash(node);
            case 2, 3 -> restart(node);
            case 4 -> {
                crash(node);
                restart(node);
            }
            case 5 -> cluster.sim.network().partition(halves());
            case 6 -> cluster.sim.network().isolate(id);
            case 7 -> {
                if (!id.equals(other)) {
                    cluster.sim.network().cut(id, other);
                }
            }
            case 8, 9 -> cluster.sim.network().heal();
            case 10 ->
                cluster.sim
                        .network()
                        .policy(LinkPolicy.LAN
                                .loss(prng.below(300_000))
                                .duplicate(prng.below(200_000))
                                .reorder(prng.below(200_000))
                                .delay(Time.micros(100), Time.millis(1 + prng.below(30))));
            case 11 -> cluster.sim.network().policy(LinkPolicy.LAN);
            case 12 -> cluster.sim.pause(id, Time.millis(prng.below(3000)));
            case 13 -> leave(node);
            default -> {}
        }
    }

    private List<List<NodeId>> halves() {
        List<NodeId> shuffled = new ArrayList<>(cluster.nodes);
        prng.shuffle(shuffled);
        return List.of(shuffled.subList(0, size / 2), shuffled.subList(size / 2, size));
    }

    private void crash(int node) {
        if (cluster.isUp(node)) {
            cluster.crash(node);
        }
    }

    private void restart(int node) {
        if (cluster.isUp(node)) {
            return;
        }
        if (prng.chance(300_000)) {
            cluster.loseDisk(node);
        }
        if (prng.chance(300_000)) {
            cluster.shiftWall(node, prng.between(-100_000, 100_000));
        }
        cluster.restart(node);
    }

    private void leave(int node) {
        if (cluster.isUp(node)) {
            GossipNode leaving = cluster.node(node);
            cluster.on(node, () -> leaving.membership.leave(() -> {}));
            cluster.sim.after(Time.millis(400), () -> {
                if (cluster.isUp(node) && cluster.node(node) == leaving) {
                    cluster.crash(node);
                }
            });
        }
    }

    private void write() {
        for (int node = 0; node < size; node++) {
            if (cluster.isUp(node) && prng.chance(500_000)) {
                GossipNode writer = cluster.node(node);
                int changes = 1 + prng.below(10);
                cluster.on(node, () -> change(writer, changes));
            }
        }
    }

    private void change(GossipNode writer, int changes) {
        for (int i = 0; i < changes; i++) {
            if (prng.chance(600_000)) {
                writer.log.add(Bytes.ofUtf8("row/" + nextRow++));
            } else if (nextRow > 0) {
                writer.log.remove(Bytes.ofUtf8("row/" + prng.below(nextRow)));
            }
        }
    }

    private void settle(long seed) {
        cluster.sim.network().heal();
        cluster.sim.network().policy(LinkPolicy.LAN);
        cluster.sim.runFor(Time.seconds(4));
        for (int node = 0; node < size; node++) {
            restart(node);
        }
        if (!cluster.within(CONVERGED_WITHIN_SECONDS, cluster::converged)) {
            throw new AssertionError("seed " + seed + " does not converge: " + cluster.divergence());
        }
        for (int node = 0; node < size; node++) {
            if (cluster.node(node).log.counters().of(Counter.AUDIT_MISMATCHES) > 0) {
                throw new AssertionError("seed " + seed + ": an audit found what must not be");
            }
        }
    }
}
