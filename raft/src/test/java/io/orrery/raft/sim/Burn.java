package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.read.ReadConfig;
import io.orrery.raft.rules.RaftRules;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.sim.network.LinkPolicy;
import java.util.Map;
import java.util.TreeMap;

/** One run: a cluster under load and turmoil, then healed; safe throughout, and live again in the end. */
final class Burn {
    /** Up to here clocks drift, and leases allow for it. */
    private static final int DRIFT_PPM = 50_000;

    private enum Shape {
        SWARM,
        HOSTILE,
        CONTESTED
    }

    private final RaftCluster cluster;
    private final Workload workload;
    private final Turmoil turmoil;
    private final MembershipChurn churn;

    /** A run whose shape the seed draws. */
    static Burn swarm(long seed, RaftRules rules) {
        return new Burn(seed, rules, drawShape(new Prng(seed).fork("shape of the run")));
    }

    /** A larger cluster whose elections are always contested, and whose voters crash when they have just voted. */
    static Burn contested(long seed, RaftRules rules) {
        return new Burn(seed, rules, Shape.CONTESTED);
    }

    /** A small cluster that takes one entry at a time and loses each leader at its worst moment, when logs differ most. */
    static Burn hostile(long seed, RaftRules rules) {
        return new Burn(seed, rules, Shape.HOSTILE);
    }

    private static Shape drawShape(Prng prng) {
        return prng.chance(100_000) ? Shape.HOSTILE : prng.chance(100_000) ? Shape.CONTESTED : Shape.SWARM;
    }

    /** In two of three swarms, and then often. */
    private static SnapshotConfig drawSnapshots(long seed) {
        Prng prng = new Prng(seed).fork("snapshots");
        if (prng.chance(330_000)) {
            return SnapshotConfig.DEFAULT;
        }
        return new SnapshotConfig(
                1 + prng.below(30), 0, prng.below(2) * 50, 64 << prng.below(4), 1 + prng.below(3), prng.below(8), 50);
    }

    private Burn(long seed, RaftRules rules, Shape shape) {
        boolean hostile = shape == Shape.HOSTILE;
        boolean contested = shape == Shape.CONTESTED;
        Prng prng = new Prng(seed).fork("shape");
        boolean trickles = hostile || prng.chance(200_000);
        int voters = contested ? 5 : hostile || prng.chance(500_000) ? 3 : 5;
        int entries = trickles ? 1 : prng.chance(300_000) ? 1 + prng.below(4) : 4096;
        RaftConfig.Limits standard = RaftConfig.Limits.DEFAULT;
        RaftConfig.Limits limits = new RaftConfig.Limits(
                entries,
                standard.messageBytesMax(),
                trickles ? 1 : 1 + prng.below(8),
                standard.inflightBytesMax(),
                prng.chance(200_000) ? 16 : standard.pendingProposalsMax(),
                standard.pendingBytesMax(),
                standard.commandBytesMax(),
                prng.chance(300_000) ? 3 : standard.applyEntriesMax(),
                standard.catchUpEntriesMax());
        int backlog = prng.chance(150_000) ? 500 : 24 * 1024 * 1024;
        long segment = prng.between(1024, 16_384);
        long ahead = prng.chance(200_000) ? 0 : prng.chance(500_000) ? segment : prng.below((int) segment);
        WalConfig wal = new WalConfig(segment, ahead, backlog, 512 + prng.below(4096), WalConfig.VERSION_MAX);
        long election = Time.millis(hostile || contested ? 50 : prng.chance(500_000) ? 200 : 40 + prng.below(100));
        RaftConfig.Timing timing = new RaftConfig.Timing(election, election / 5);
        ReadConfig plain = new ReadConfig(prng.chance(100_000) ? 4 : 1000, Time.millis(500), false, 0);
        boolean leases = prng.chance(500_000);
        ReadConfig reads = leases ? plain.withLeases(DRIFT_PPM) : plain;
        SnapshotConfig snapshots = shape == Shape.SWARM ? drawSnapshots(seed) : SnapshotConfig.DEFAULT;
        cluster = new RaftCluster(seed, voters, timing, limits, reads, wal, rules, snapshots);
        for (NodeId id : cluster.sim.nodes()) {
            cluster.sim.machine(id).drift((int) prng.between(-DRIFT_PPM, DRIFT_PPM));
        }
        long workloadNanos = hostile ? Time.millis(10) : prng.between(Time.millis(3), Time.millis(60));
        workload = new Workload(cluster, workloadNanos);
        long turmoilNanos = prng.between(Time.millis(30), Time.millis(400));
        long downNanosMax = contested ? election : hostile ? 8 * election : Time.millis(1000);
        turmoil = new Turmoil(cluster, hostile || contested ? Time.seconds(1) : turmoilNanos, downNanosMax);
        if (shape == Shape.SWARM && prng.chance(400_000)) {
            cluster.addJoiner("j1");
            cluster.addJoiner("j2");
            churn = new MembershipChurn(cluster, prng.between(Time.millis(20), Time.millis(200)));
        } else {
            churn = null;
        }
        if (contested || prng.chance(400_000)) {
            long slowest = contested ? Time.millis(5 + prng.below(20)) : Time.millis(1 + prng.below(50));
            cluster.sim.network().policy(LinkPolicy.LAN.delay(Time.micros(100), slowest));
        }
        if (hostile || contested || prng.chance(200_000)) {
            new Regicide(cluster, turmoil);
        }
    }

    /** Runs to the end; throws at the first broken promise. */
    void run(long turmoilNanos) {
        cluster.sim.runFor(turmoilNanos);
        turmoil.heal();
        if (churn != null) {
            churn.stop();
        }
        int before = workload.committedCount();
        boolean live = cluster.sim.runUntil(() -> workload.committedCount() >= before + 5, Time.seconds(10));
        assertThat(live)
                .as("commits again within 10s of healing, " + cluster.sim)
                .isTrue();
        workload.stop();
        cluster.sim.runFor(Time.seconds(1));
        cluster.awaitQuiet();
        NodeId leader = cluster.leader();
        for (NodeId id : cluster.group(leader).configuration().members()) {
            workload.check(id);
            assertThat(cluster.applied(id)).isEqualTo(cluster.applied(leader));
        }
    }

    RaftCluster cluster() {
        return cluster;
    }

    /** Adds the marks this run reached. */
    void countMarks(TreeMap<Mark, Long> into) {
        for (Map.Entry<Mark, Long> each : cluster.sim.marks().entrySet()) {
            into.merge(each.getKey(), each.getValue(), Long::sum);
        }
    }
}
