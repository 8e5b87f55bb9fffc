package io.orrery.server.simulation;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.gossip.check.MembershipInvariants;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.sim.exhaust.Model;
import java.util.List;
import java.util.TreeSet;

/** Membership for enumeration: nodes join, probe each other, suspect and refute. An operation has a node leave. */
public final class GossipModel implements Model {
    private final MembershipInvariants invariants = new MembershipInvariants();
    private final TreeSet<NodeId> booted = new TreeSet<>();
    private final List<NodeId> nodes;
    private final GossipRules rules;

    public GossipModel(List<NodeId> nodes) {
        this(nodes, GossipRules.STANDARD);
    }

    /** With other rules than the standard ones: for tests that see a broken one found. */
    public GossipModel(List<NodeId> nodes, GossipRules rules) {
        this.nodes = nodes;
        this.rules = rules;
    }

    @Override
    public Program program(NodeId node) {
        return kernel -> {
            if (!booted.add(node)) {
                invariants.onDiskKept(node);
            }
            return new Peer(kernel, nodes, rules);
        };
    }

    @Override
    public void check(NodeId node, Protocol protocol) {
        invariants.observe(((Peer) protocol).membership);
    }

    @Override
    public void operate(NodeId node, Protocol protocol, int number) {
        ((Peer) protocol).membership.leave(() -> {});
    }

    private static final class Peer implements Protocol {
        private final Membership membership;
        private final List<NodeId> nodes;

        Peer(Kernel kernel, List<NodeId> nodes, GossipRules rules) {
            this.nodes = nodes;
            membership = new Membership(kernel, GossipConfig.fast("small"), "", AddressBook.BY_NAME, rules);
        }

        @Override
        public void start() {
            membership.start();
            membership.join(nodes.subList(0, 1));
        }

        @Override
        public void checkInvariants() {
            membership.checkInvariants();
        }

        @Override
        public void describe(Description out) {
            membership.describe(out);
        }
    }
}
