package io.orrery.raft.sim;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.check.RaftInvariants;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.read.Read;
import io.orrery.raft.read.ReadConfig;
import io.orrery.raft.read.ReadKind;
import io.orrery.raft.rules.RaftRules;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Simulated nodes n1, n2, ... with one group, its safety checked after every event. */
final class RaftCluster {
    static final RaftConfig.Timing TIMING = new RaftConfig.Timing(Time.millis(200), Time.millis(40));

    final Simulation sim;
    final RaftInvariants invariants = new RaftInvariants();
    final RaftConfig config;
    final WalConfig walConfig;
    final RaftRules rules;
    private final TreeMap<NodeId, Integer> priorities = new TreeMap<>();
    private final TreeSet<NodeId> begun = new TreeSet<>();
    private NodeId stranger;

    RaftCluster(long seed, int voters) {
        this(seed, voters, TIMING, RaftConfig.Limits.DEFAULT, WalConfig.DEFAULT, RaftRules.PAPER);
    }

    /** With reads set up as given. */
    RaftCluster(long seed, int voters, ReadConfig reads) {
        this(seed, voters, TIMING, RaftConfig.Limits.DEFAULT, reads, WalConfig.DEFAULT, RaftRules.PAPER);
    }

    /** With snapshots taken by this. */
    RaftCluster(long seed, int voters, SnapshotConfig snapshots) {
        this(
                seed,
                voters,
                TIMING,
                RaftConfig.Limits.DEFAULT,
                ReadConfig.DEFAULT,
                WalConfig.DEFAULT,
                RaftRules.PAPER,
                snapshots);
    }

    RaftCluster(
            long seed,
            int voters,
            RaftConfig.Timing timing,
            RaftConfig.Limits limits,
            WalConfig walConfig,
            RaftRules rules) {
        this(seed, voters, timing, limits, ReadConfig.DEFAULT, walConfig, rules);
    }

    RaftCluster(
            long seed,
            int voters,
            RaftConfig.Timing timing,
            RaftConfig.Limits limits,
            ReadConfig reads,
            WalConfig walConfig,
            RaftRules rules) {
        this(seed, voters, timing, limits, reads, walConfig, rules, SnapshotConfig.DEFAULT);
    }

    RaftCluster(
            long seed,
            int voters,
            RaftConfig.Timing timing,
            RaftConfig.Limits limits,
            ReadConfig reads,
            WalConfig walConfig,
            RaftRules rules,
            SnapshotConfig snapshots) {
        this.sim = new Simulation(seed);
        this.walConfig = walConfig;
        this.rules = rules;
        List<NodeId> members = new ArrayList<>();
        for (int i = 1; i <= voters; i++) {
            members.add(NodeId.of("n" + i));
        }
        this.config = RaftConfig.of(1, Configuration.ofVoters(members))
                .with(timing)
                .with(limits)
                .with(reads)
                .with(snapshots);
        sim.addChecker((world, node) -> {
            if (!node.equals(stranger)) {
                noteBegun(node);
                invariants.observe(node, group(node));
            }
        });
        for (NodeId member : members) {
            sim.addNode(member.name(), kernel -> new RaftNode(kernel, configOf(kernel.self()), walConfig, rules));
        }
    }

    private RaftConfig configOf(NodeId member) {
        return config.withPriority(priorities.getOrDefault(member, RaftConfig.PRIORITY_MAX))
                .withFirstBoot(!begun.contains(member));
    }

    private void noteBegun(NodeId node) {
        if (!begun.contains(node) && group(node).view().isRunning()) {
            if (group(node).view().log().durableHardState().term() > 0) {
                begun.add(node);
            }
        }
    }

    /** From its next boot on. */
    void priority(NodeId member, int priority) {
        priorities.put(member, priority);
    }

    /** Adds a node that waits to be contacted. */
    NodeId addJoiner(String name) {
        RaftConfig joining = new RaftConfig(1, Configuration.EMPTY, config.timing(), config.limits())
                .with(config.reads())
                .with(config.snapshots());
        return sim.addNode(
                name,
                kernel ->
                        new RaftNode(kernel, joining.withFirstBoot(!begun.contains(kernel.self())), walConfig, rules));
    }

    /** Adds a node that waits to be contacted, and of which nobody knows whether it was there before. */
    NodeId addSuspect(String name) {
        begun.add(NodeId.of(name));
        return addJoiner(name);
    }

    /** Adds a node that is no replica. */
    NodeId addStranger(String name) {
        stranger = NodeId.of(name);
        return sim.addNode(name, kernel -> new Stranger(kernel, config.group()));
    }

    NodeId id(int number) {
        return NodeId.of("n" + number);
    }

    RaftNode node(NodeId id) {
        return sim.protocol(id, RaftNode.class);
    }

    RaftGroup group(NodeId id) {
        return node(id).group;
    }

    List<String> applied(NodeId id) {
        return node(id).machine.applied();
    }

    /** Who leads in the latest term, of those that are up; null if nobody does. */
    NodeId leader() {
        NodeId leader = null;
        for (NodeId id : sim.nodes()) {
            boolean leads = sim.isUp(id) && !id.equals(stranger) && group(id).isLeader();
            if (leads && (leader == null || group(id).term() > group(leader).term())) {
                leader = id;
            }
        }
        return leader;
    }

    NodeId awaitLeader() {
        boolean found = sim.runUntil(() -> leader() != null, Time.seconds(20));
        if (!found) {
            throw new AssertionError("no leader within 20s, " + sim);
        }
        return leader();
    }

    /** Waits until every member that is up has applied what the leader has. */
    void awaitQuiet() {
        boolean quiet = sim.runUntil(this::isQuiet, Time.seconds(20));
        if (!quiet) {
            throw new AssertionError("not quiet within 20s, " + sim);
        }
    }

    /** Waits until those of these nodes that are up have applied what the leader has. */
    void awaitQuiet(List<NodeId> among) {
        boolean quiet = sim.runUntil(() -> isQuiet(among), Time.seconds(20));
        if (!quiet) {
            throw new AssertionError("not quiet within 20s, " + sim);
        }
    }

    private boolean isQuiet() {
        NodeId leader = leader();
        return leader != null && isQuiet(group(leader).configuration().members());
    }

    private boolean isQuiet(List<NodeId> among) {
        NodeId leader = leader();
        if (leader == null) {
            return false;
        }
        for (NodeId id : among) {
            if (sim.isUp(id) && group(id).appliedIndex() != group(leader).lastIndex()) {
                return false;
            }
        }
        return true;
    }

    /** Proposes on a node; the outcome appears in the slot when it is known. */
    Slot<Proposal.Outcome> propose(NodeId on, String command) {
        Slot<Proposal.Outcome> slot = new Slot<>();
        sim.onNode(on, () -> group(on).propose(Bytes.ofUtf8(command), slot::fill));
        return slot;
    }

    Slot<Proposal.Outcome> forward(NodeId on, String command) {
        Slot<Proposal.Outcome> slot = new Slot<>();
        sim.onNode(on, () -> node(on).forwarder.propose(Bytes.ofUtf8(command), slot::fill));
        return slot;
    }

    Slot<MembershipChange.Outcome> change(NodeId on, MembershipChange change) {
        Slot<MembershipChange.Outcome> slot = new Slot<>();
        sim.onNode(on, () -> group(on).change(change, slot::fill));
        return slot;
    }

    /** What a read found, and how it ended. */
    record Found(Read.Outcome outcome, List<String> applied) {}

    /** Reads a node's state; what it found appears in the slot. */
    Slot<Found> read(NodeId on, ReadKind kind) {
        Slot<Found> slot = new Slot<>();
        sim.onNode(
                on, () -> group(on).read(kind, outcome -> slot.fill(new Found(outcome, new ArrayList<>(applied(on))))));
        return slot;
    }

    <T> T await(Slot<T> slot) {
        boolean filled = sim.runUntil(() -> slot.value != null, Time.seconds(20));
        if (!filled) {
            throw new AssertionError("no outcome within 20s, " + sim);
        }
        return slot.value;
    }

    /** Takes one value, once. */
    static final class Slot<T> {
        private T value;

        private void fill(T filled) {
            if (value != null) {
                throw new AssertionError("a second outcome: " + filled + " after " + value);
            }
            value = filled;
        }

        T value() {
            return value;
        }
    }
}
