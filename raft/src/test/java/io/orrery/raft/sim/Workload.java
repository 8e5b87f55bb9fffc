package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal;
import io.orrery.raft.read.Read;
import io.orrery.raft.read.ReadKind;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Proposes distinct commands on all nodes, and remembers what it was told of each. */
final class Workload {
    private static final int READ_PPM = 400_000;

    private static final class Told {
        private Proposal.Outcome outcome;
        private int committedBefore;
    }

    private final RaftCluster cluster;
    private final Simulation sim;
    private final ChoiceStream prng;
    private final long meanNanos;
    private final Map<String, Told> told = new TreeMap<>();
    private final List<Long> committed = new ArrayList<>();
    private boolean stopped;
    private int count;
    /** The last entry that somebody was told of, by an acknowledgement or a read. */
    private long seenIndex;

    Workload(RaftCluster cluster, long meanNanos) {
        this.cluster = cluster;
        this.sim = cluster.sim;
        this.prng = sim.choices("workload");
        this.meanNanos = meanNanos;
        sim.after(meanNanos, this::next);
    }

    void stop() {
        stopped = true;
    }

    private void next() {
        if (stopped) {
            return;
        }
        NodeId on = prng.chance(500_000) ? anyLeader() : anyNode();
        int burst = prng.chance(150_000) ? 1 + prng.below(30) : 1;
        for (int i = 0; i < burst; i++) {
            propose(on, prng.chance(500_000));
        }
        if (prng.chance(READ_PPM)) {
            read(prng.chance(500_000) ? anyLeader() : anyNode());
        }
        sim.after(prng.exponential(meanNanos), this::next);
    }

    private NodeId anyNode() {
        return sim.nodes().get(prng.below(sim.nodes().size()));
    }

    /** One that believes to lead, perhaps no longer rightly. */
    private NodeId anyLeader() {
        List<NodeId> leaders = new ArrayList<>();
        for (NodeId id : sim.nodes()) {
            if (sim.isUp(id) && cluster.group(id).isLeader()) {
                leaders.add(id);
            }
        }
        return leaders.isEmpty() ? anyNode() : leaders.get(prng.below(leaders.size()));
    }

    /** Reads, by every kind, on nodes of every role: what was acknowledged or read before must be there. */
    private void read(NodeId on) {
        if (!sim.isUp(on)) {
            return;
        }
        ReadKind kind = prng.chance(500_000) ? ReadKind.INDEX : ReadKind.LEASE;
        int burst = prng.chance(100_000) ? 20 : 1;
        long seen = seenIndex;
        for (int i = 0; i < burst; i++) {
            sim.onNode(on, () -> cluster.group(on).read(kind, outcome -> onRead(on, kind, seen, outcome)));
        }
    }

    private void onRead(NodeId on, ReadKind kind, long seen, Read.Outcome outcome) {
        if (outcome.isRead()) {
            long applied = cluster.group(on).appliedIndex();
            assertThat(applied).as("a stale read of kind " + kind + " on " + on).isGreaterThanOrEqualTo(seen);
            seenIndex = Math.max(seenIndex, applied);
        }
    }

    private void propose(NodeId on, boolean forwarded) {
        if (!sim.isUp(on)) {
            return;
        }
        String command = "c" + count++;
        Told slot = new Told();
        slot.committedBefore = committed.size();
        told.put(command, slot);
        Bytes bytes = Bytes.ofUtf8(command);
        sim.onNode(on, () -> {
            if (forwarded) {
                cluster.node(on).forwarder.propose(bytes, outcome -> onOutcome(command, slot, outcome));
            } else {
                cluster.group(on).propose(bytes, outcome -> onOutcome(command, slot, outcome));
            }
        });
    }

    private void onOutcome(String command, Told slot, Proposal.Outcome outcome) {
        assertThat(slot.outcome).as("one outcome for " + command).isNull();
        slot.outcome = outcome;
        if (outcome.isCommitted()) {
            committed.add(outcome.index());
            seenIndex = Math.max(seenIndex, outcome.index());
        }
    }

    int committedCount() {
        return committed.size();
    }

    /** Compares what was told with what a replica has applied in the end. */
    void check(NodeId on) {
        List<String> applied = cluster.applied(on);
        Map<String, Integer> places = new TreeMap<>();
        for (int i = 0; i < applied.size(); i++) {
            assertThat(places.put(applied.get(i), i))
                    .as(applied.get(i) + " applied once")
                    .isNull();
        }
        for (Map.Entry<String, Told> each : told.entrySet()) {
            Proposal.Outcome outcome = each.getValue().outcome;
            Integer place = places.get(each.getKey());
            if (outcome == null || outcome.status() == Proposal.Status.UNKNOWN) {
                continue;
            }
            if (!outcome.isCommitted()) {
                assertThat(place).as("refused, so never applied: " + each).isNull();
                continue;
            }
            assertThat(place).as("acknowledged, so applied: " + each.getKey()).isNotNull();
            assertThat(outcome.result().utf8()).isEqualTo(Integer.toString(place + 1));
            for (int i = 0; i < each.getValue().committedBefore; i++) {
                assertThat(committed.get(i))
                        .as("acknowledged before it was proposed")
                        .isLessThan(outcome.index());
            }
        }
    }
}
