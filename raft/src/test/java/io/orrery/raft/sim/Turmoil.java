package io.orrery.raft.sim;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.disk.DiskPolicy;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Disturbs a cluster at drawn moments, in ways that differ from seed to seed, until it is told to heal everything. */
final class Turmoil {
    private final RaftCluster cluster;
    private final Simulation sim;
    private final ChoiceStream prng;
    private final long meanNanos;
    private final long downNanosMax;
    private final int[] weights = new int[11];
    private int weightSum;
    private final TreeSet<NodeId> isolated = new TreeSet<>();
    private boolean healed;

    Turmoil(RaftCluster cluster, long meanNanos, long downNanosMax) {
        this.downNanosMax = downNanosMax;
        this.cluster = cluster;
        this.sim = cluster.sim;
        this.prng = sim.choices("turmoil");
        this.meanNanos = meanNanos;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = prng.chance(600_000) ? 1 + prng.below(8) : 0;
            weightSum += weights[i];
        }
        weights[0] += 2;
        weightSum += 2;
        sim.after(meanNanos, this::next);
    }

    void strike(NodeId node, boolean crashes) {
        if (healed) {
            return;
        }
        if (crashes) {
            crash(node);
        } else {
            isolate(node);
        }
    }

    private void next() {
        if (healed) {
            return;
        }
        int draw = prng.below(weightSum);
        int what = 0;
        while (draw >= weights[what]) {
            draw -= weights[what++];
        }
        disturb(what);
        sim.after(prng.exponential(meanNanos), this::next);
    }

    private void disturb(int what) {
        NodeId node = sim.nodes().get(prng.below(sim.nodes().size()));
        NodeId other = sim.nodes().get(prng.below(sim.nodes().size()));
        switch (what) {
            case 0 -> crash(node);
            case 1 -> sim.nodes().forEach(this::crash);
            case 2 -> sim.network().partition(halves());
            case 3 -> isolate(node);
            case 4 -> sim.network().cut(node, other);
            case 5 -> {
                isolated.clear();
                sim.network().heal();
            }
            case 6 -> sim.network().reset(node, other);
            case 7 ->
                sim.disk(node).policy(DiskPolicy.SSD.extra(prng.chance(500_000) ? 0 : Time.millis(prng.below(150))));
            case 8 -> crash(leaderOr(node));
            case 9 -> isolate(leaderOr(node));
            default -> sim.pause(node, Time.millis(prng.below(600)));
        }
    }

    private NodeId leaderOr(NodeId node) {
        NodeId leader = cluster.leader();
        return leader == null ? node : leader;
    }

    private long downNanos() {
        return prng.below(prng.chance(300_000) ? Time.millis(10) : downNanosMax);
    }

    private void crash(NodeId node) {
        crash(node, downNanos());
    }

    void crash(NodeId node, long downNanos) {
        if (sim.isUp(node) && !healed) {
            sim.crash(node);
            sim.after(downNanos, () -> {
                if (!sim.isUp(node)) {
                    sim.restart(node);
                }
            });
        }
    }

    private void isolate(NodeId node) {
        if (healed || !isolated.add(node)) {
            return;
        }
        sim.network().isolate(node);
        sim.after(downNanos(), () -> {
            isolated.remove(node);
            for (NodeId other : sim.nodes()) {
                if (!other.equals(node) && !isolated.contains(other)) {
                    sim.network().mend(node, other);
                    sim.network().mend(other, node);
                }
            }
        });
    }

    private List<List<NodeId>> halves() {
        List<NodeId> left = new ArrayList<>();
        List<NodeId> right = new ArrayList<>();
        for (NodeId node : sim.nodes()) {
            (prng.chance(500_000) ? left : right).add(node);
        }
        return List.of(left, right);
    }

    /** Everything works from now on. */
    void heal() {
        healed = true;
        sim.network().heal();
        sim.network().policy(LinkPolicy.LAN);
        for (NodeId node : sim.nodes()) {
            sim.disk(node).policy(DiskPolicy.SSD);
            if (!sim.isUp(node)) {
                sim.restart(node);
            }
        }
    }
}
