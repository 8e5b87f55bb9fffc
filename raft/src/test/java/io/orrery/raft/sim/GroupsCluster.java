package io.orrery.raft.sim;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.check.RaftInvariants;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Three simulated nodes with some groups each, the safety of each group checked after every event. */
final class GroupsCluster {
    static final RaftConfig.Timing TIMING = new RaftConfig.Timing(Time.millis(200), Time.millis(20));
    static final NodeId N1 = NodeId.of("n1");
    static final NodeId N2 = NodeId.of("n2");
    static final NodeId N3 = NodeId.of("n3");

    final Simulation sim;
    final int count;
    private final List<RaftInvariants> invariants = new ArrayList<>();
    private final TreeSet<NodeId> earlier = new TreeSet<>();

    GroupsCluster(long seed, int count) {
        this(seed, count, null);
    }

    /**
     * @param earlierRelease a node whose groups speak for themselves, until it boots again; null for none
     */
    GroupsCluster(long seed, int count, NodeId earlierRelease) {
        this.sim = new Simulation(seed);
        this.count = count;
        if (earlierRelease != null) {
            earlier.add(earlierRelease);
        }
        List<RaftConfig> configs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            invariants.add(new RaftInvariants());
            configs.add(RaftConfig.of(i, Configuration.ofVoters(List.of(N1, N2, N3)))
                    .with(TIMING));
        }
        sim.addChecker((world, node) -> {
            for (int i = 0; i < count; i++) {
                invariants.get(i).observe(node, group(node, i));
            }
        });
        for (NodeId node : List.of(N1, N2, N3)) {
            sim.addNode(node.name(), kernel -> new GroupsNode(kernel, configs, earlier.contains(node)));
        }
    }

    /** From its next boot on. */
    void upgrade(NodeId node) {
        earlier.remove(node);
    }

    GroupsNode node(NodeId id) {
        return sim.protocol(id, GroupsNode.class);
    }

    RaftGroup group(NodeId id, int number) {
        return node(id).all.get(number);
    }

    /** Of the latest term, among those that are up; null for none. */
    NodeId leader(int number) {
        NodeId leader = null;
        for (NodeId id : sim.nodes()) {
            boolean leads = sim.isUp(id) && group(id, number).isLeader();
            if (leads
                    && (leader == null
                            || group(id, number).term() > group(leader, number).term())) {
                leader = id;
            }
        }
        return leader;
    }

    boolean allLed() {
        for (int i = 0; i < count; i++) {
            if (leader(i) == null) {
                return false;
            }
        }
        return true;
    }

    /** How many replicas of all are silent. */
    int asleep() {
        int asleep = 0;
        for (NodeId id : sim.nodes()) {
            for (int i = 0; i < count; i++) {
                asleep += sim.isUp(id) && group(id, i).isAsleep() ? 1 : 0;
            }
        }
        return asleep;
    }

    boolean allAsleep() {
        return asleep() == 3 * count;
    }

    void await(BooleanSupplier condition, String what) {
        if (!sim.runUntil(condition::getAsBoolean, Time.seconds(20))) {
            throw new AssertionError(what + " not within 20 s, " + sim);
        }
    }

    /** Leads and follows everywhere, and then sleeps. */
    void awaitSilence() {
        await(this::allAsleep, "silence");
    }

    /** How a proposal ends. */
    Proposal.Outcome propose(NodeId on, int number, String command) {
        List<Proposal.Outcome> slot = new ArrayList<>();
        sim.onNode(on, () -> group(on, number).propose(Bytes.ofUtf8(command), slot::add));
        await(() -> !slot.isEmpty(), "an outcome");
        return slot.get(0);
    }
}
