package io.orrery.gossip;

import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A simulated cluster of {@link GossipNode}s with the checkers on. Nodes are n0, n1, ...; the first is everyone's seed. */
final class Cluster {
    final Simulation sim;
    final List<NodeId> nodes = new ArrayList<>();
    private final GossipConfig config;
    private final OwnerLogConfig logConfig;
    private final GossipRules rules;
    private final TreeMap<NodeId, Integer> disksLost = new TreeMap<>();
    private final TreeMap<NodeId, Long> wallOffsets = new TreeMap<>();
    private boolean swallowsDatagrams;

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
        Kernel odd = new OddKernel(disk, wallOffsets.getOrDefault(kernel.self(), 0L), swallowsDatagrams);
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
        swallowsDatagrams = true;
        return this;
    }

    /** From its next boot on, a node has an empty disk. */
    void loseDisk(int index) {
        disksLost.merge(nodes.get(index), 1, Integer::sum);
    }

    /** From its next boot on, a node's wall clock is off by so much. */
    void shiftWall(int index, long millis) {
        wallOffsets.put(nodes.get(index), millis);
    }

    void crash(int index) {
        sim.crash(nodes.get(index));
    }

    void restart(int index) {
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

    boolean within(long seconds, BooleanSupplier condition) {
        return sim.runUntil(condition, Time.seconds(seconds));
    }

    /** Whether each node that is up sees exactly those that are up as ALIVE, at the incarnations they present. */
    boolean membersConverged() {
        for (int observer = 0; observer < nodes.size(); observer++) {
            for (int of = 0; of < nodes.size() && isUp(observer); of++) {
                Member held = membership(observer).member(nodes.get(of));
                if (isUp(of) ? !membership(of).self().equals(held) : held != null && held.isLive()) {
                    return false;
                }
            }
        }
        return true;
    }
}
