package io.orrery.gossip;

import io.orrery.gossip.check.MembershipInvariants;
import io.orrery.gossip.check.OwnerLogInvariants;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A simulated cluster of {@link GossipNode}s with the checkers on. Nodes are n0, n1, ...; the first is everyone's seed. */
final class Cluster {
    final Simulation sim;
    final List<NodeId> nodes = new ArrayList<>();
    private final GossipConfig config;
    private final OwnerLogConfig logConfig;
    private final GossipRules rules;
    private final TreeMap<NodeId, Integer> disksLost = new TreeMap<>();
    private final TreeMap<NodeId, Long> wallOffsets = new TreeMap<>();
    private final TreeSet<NodeId> diskLost = new TreeSet<>();
    private final MembershipInvariants membershipInvariants = new MembershipInvariants();
    private final OwnerLogInvariants ownerInvariants = new OwnerLogInvariants();
    private OddKernel.Firewall firewall = (from, to, channel, message) -> false;
    private boolean checked = true;

    Cluster(long seed) {
        this(seed, GossipConfig.lan("test"), OwnerLogConfig.lan(), GossipRules.STANDARD);
    }

    Cluster(long seed, GossipConfig config) {
        this(seed, config, OwnerLogConfig.lan(), GossipRules.STANDARD);
    }

    Cluster(long seed, GossipConfig config, OwnerLogConfig logConfig, GossipRules rules) {
        this.sim = new Simulation(seed);
        this.config = config;
        this.logConfig = logConfig;
        this.rules = rules;
        sim.addChecker(this::check);
    }

    private void check(Simulation simulation, NodeId id) {
        if (checked && simulation.isUp(id)) {
            GossipNode node = simulation.protocol(id, GossipNode.class);
            membershipInvariants.observe(node.membership);
            ownerInvariants.observe(node.membership, node.log, simulation.nowNanos());
        }
    }

    /** Without the checkers: for tests in which somebody lies. */
    Cluster unchecked() {
        checked = false;
        return this;
    }

    Cluster add(int count) {
        for (int i = 0; i < count; i++) {
            add("n" + nodes.size(), List.of(NodeId.of("n0")), config);
        }
        return this;
    }

    NodeId add(String name, List<NodeId> seeds, GossipConfig nodeConfig) {
        NodeId id = sim.addNode(name, kernel -> boot(kernel, seeds, nodeConfig));
        nodes.add(id);
        return id;
    }

    private Protocol boot(Kernel kernel, List<NodeId> seeds, GossipConfig nodeConfig) {
        Kernel disk = kernel.scope("disk" + disksLost.getOrDefault(kernel.self(), 0));
        Kernel odd = new OddKernel(disk, wallOffsets.getOrDefault(kernel.self(), 0L), firewall);
        return new GossipNode(odd, nodeConfig, logConfig, seeds, rules);
    }

    GossipNode node(int index) {
        return sim.protocol(nodes.get(index), GossipNode.class);
    }

    Membership membership(int index) {
        return node(index).membership;
    }

    /** What {@code observer} holds of {@code of}, or null. */
    MemberState state(int observer, int of) {
        Member member = membership(observer).member(nodes.get(of));
        return member == null ? null : member.state();
    }

    /** Nodes that boot from now on are behind firewalls that swallow what they send as datagrams. */
    Cluster swallowDatagrams() {
        firewall = (from, to, channel, message) -> channel.delivery() == Delivery.DATAGRAM;
        return this;
    }

    /** Of what nodes that boot from now on send, these messages are lost, at times at which they are. */
    Cluster swallow(Predicate<Object> lost) {
        return behind((from, to, channel, message) -> lost.test(message));
    }

    /** What nodes that boot from now on send goes through this firewall. */
    Cluster behind(OddKernel.Firewall newFirewall) {
        firewall = newFirewall;
        return this;
    }

    /** From its next boot on, a node has an empty disk. */
    void loseDisk(int index) {
        disksLost.merge(nodes.get(index), 1, Integer::sum);
        diskLost.add(nodes.get(index));
    }

    /** From its next boot on, a node's wall clock is off by so much. */
    void shiftWall(int index, long millis) {
        wallOffsets.put(nodes.get(index), millis);
    }

    void crash(int index) {
        sim.crash(nodes.get(index));
    }

    void restart(int index) {
        if (!diskLost.remove(nodes.get(index))) {
            membershipInvariants.onDiskKept(nodes.get(index));
        }
        sim.restart(nodes.get(index));
    }

    void on(int index, Runnable task) {
        sim.onNode(nodes.get(index), task);
    }

    boolean isUp(int index) {
        return sim.isUp(nodes.get(index));
    }

    List<NodeId> part(int from, int to) {
        return nodes.subList(from, to);
    }

    long reached(Mark mark) {
        return sim.marks().getOrDefault(mark, 0L);
    }

    /** Runs until the condition holds, asking every 10 ms of simulated time. */
    boolean within(long seconds, BooleanSupplier condition) {
        for (int step = 0; step < seconds * 100; step++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            sim.runFor(Time.millis(10));
        }
        return condition.getAsBoolean();
    }

    /** Whether each node that is up sees exactly those that are up as ALIVE, as they present themselves. */
    boolean membersConverged() {
        return memberDivergence() == null;
    }

    String memberDivergence() {
        List<Membership> live = new ArrayList<>();
        up().forEach(node -> live.add(node.membership));
        return MembershipInvariants.divergence(live);
    }

    /** Whether members and rows have converged, and the callbacks told the same story. */
    boolean converged() {
        return divergence() == null;
    }

    String divergence() {
        String wrong = memberDivergence();
        return wrong != null ? wrong : rowDivergence();
    }

    /** As {@link #divergence}, of rows alone. */
    String rowDivergence() {
        List<OwnerLog> live = new ArrayList<>();
        up().forEach(node -> live.add(node.log));
        String wrong = OwnerLogInvariants.divergence(live);
        for (GossipNode node : up()) {
            for (NodeId owner : nodes) {
                boolean own = owner.equals(node.log.self());
                if (wrong == null && !own && !node.mirrored(owner).equals(node.log.rows(owner))) {
                    wrong = node.log.self() + " told its listener another story of " + owner;
                }
            }
        }
        return wrong;
    }

    private List<GossipNode> up() {
        List<GossipNode> up = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (isUp(i)) {
                up.add(node(i));
            }
        }
        return up;
    }
}
