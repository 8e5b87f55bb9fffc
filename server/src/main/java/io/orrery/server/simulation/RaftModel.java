package io.orrery.server.simulation;

import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.check.RaftInvariants;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.rules.RaftRules;
import io.orrery.sim.exhaust.Model;
import java.util.List;

/** A Raft group for enumeration: elections, and a few appends to whoever leads. */
public final class RaftModel implements Model {
    private static final int SEGMENT_BYTES = 4096;

    private final RaftInvariants invariants = new RaftInvariants();
    private final RaftConfig config;
    private final RaftRules rules;

    public RaftModel(List<NodeId> nodes) {
        this(nodes, RaftRules.PAPER);
    }

    /** With other rules than the paper's: for tests that see a broken one found. */
    public RaftModel(List<NodeId> nodes, RaftRules rules) {
        this.config = RaftConfig.of(0, Configuration.ofVoters(nodes));
        this.rules = rules;
    }

    @Override
    public Program program(NodeId node) {
        return kernel -> new Node(kernel, config, rules);
    }

    /** The log is scrubbed all the time, which changes nothing on a disk that does not rot. */
    @Override
    public boolean fires(String timer) {
        return !timer.endsWith("scrub");
    }

    @Override
    public void check(NodeId node, Protocol protocol) {
        invariants.observe(node, ((Node) protocol).group);
    }

    @Override
    public void operate(NodeId node, Protocol protocol, int number) {
        RaftGroup group = ((Node) protocol).group;
        if (group.isLeader()) {
            group.propose(
                    new KeyValueCommand(number, KeyValueCommand.Kind.PUT, "k", "v" + number, "").encode(),
                    outcome -> {});
        }
    }

    private static final class Node implements Protocol {
        private final Wal wal;
        private final RaftGroup group;

        Node(Kernel kernel, RaftConfig config, RaftRules rules) {
            wal = new Wal(
                    kernel.scope("wal"),
                    WalConfig.DEFAULT.withSegmentBytes(SEGMENT_BYTES).withAheadBytes(0));
            group = new RaftGroup(kernel.scope("raft"), config, wal, new KeyValueMachine(), rules);
        }

        @Override
        public void start() {
            wal.start();
            group.start();
        }

        @Override
        public void checkInvariants() {
            group.checkInvariants();
        }

        @Override
        public void describe(Description out) {
            group.describe(out);
        }
    }
}
