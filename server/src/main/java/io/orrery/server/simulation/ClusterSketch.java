package io.orrery.server.simulation;

import io.orrery.broker.BrokerNode;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.kernel.NodeId;
import io.orrery.sim.Simulation;
import io.orrery.sim.coverage.AbstractState;
import io.orrery.sim.coverage.Abstraction;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What matters of a broker: its Raft group as {@link RaftSketch} has it; whether each node suspects, buries and misses members;
 * whether it serves.
 */
final class ClusterSketch implements Abstraction {
    private static final int STATES = MemberState.values().length;

    private final Function<NodeId, BrokerNode> brokers;
    private final RaftSketch raft;
    private Held[] known = new Held[8];

    /** What a node held when its membership had changed so often. */
    private record Held(Membership of, long changes, int nodes, int states) {}

    /**
     * @param brokers on nodes that are up; null while one boots
     */
    ClusterSketch(Function<NodeId, BrokerNode> brokers) {
        this.brokers = brokers;
        this.raft = new RaftSketch(id -> {
            BrokerNode broker = brokers.apply(id);
            return broker == null ? null : broker.group();
        });
    }

    @Override
    public int kindOf(Object message) {
        return raft.kindOf(message);
    }

    @Override
    public long pulse(NodeId node) {
        BrokerNode broker = brokers.apply(node);
        return broker == null ? 0 : raft.pulse(node) + (broker.membership().changes() << 32);
    }

    @Override
    public void sketch(Simulation sim, AbstractState state) {
        raft.sketch(sim, state);
        for (int index = 0; index < sim.nodes().size(); index++) {
            NodeId node = sim.nodes().get(index);
            BrokerNode broker = sim.isUp(node) ? brokers.apply(node) : null;
            if (broker != null) {
                state.node(index, held(index, sim, broker.membership()) << 2 | (broker.isReady() ? 1 : 0));
            }
        }
    }

    /** The states in which the node holds members, and whether it misses one: as before, unless membership has changed. */
    private int held(int index, Simulation sim, Membership membership) {
        if (index >= known.length) {
            known = Arrays.copyOf(known, Math.max(index + 1, 2 * known.length));
        }
        Held last = known[index];
        int nodes = sim.nodes().size();
        if (last == null || last.nodes != nodes || last.of != membership || last.changes != membership.changes()) {
            int states = 0;
            for (NodeId other : sim.nodes()) {
                Member member = membership.member(other);
                states |= 1 << (member == null ? STATES : member.state().ordinal());
            }
            last = new Held(membership, membership.changes(), nodes, states);
            known[index] = last;
        }
        return last.states;
    }
}
