package io.orrery.server.simulation;

import io.orrery.broker.BrokerNode;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.NodeId;
import io.orrery.sim.Simulation;
import io.orrery.sim.coverage.AbstractState;
import io.orrery.sim.coverage.Abstraction;
import java.util.function.Function;

/**
 * What matters of a broker: its Raft group as {@link RaftSketch} has it; whether each node suspects, buries and misses members;
 * whether it serves.
 */
final class ClusterSketch implements Abstraction {
    private static final int STATES = MemberState.values().length;

    private final Function<NodeId, BrokerNode> brokers;
    private final RaftSketch raft;

    /**
     * @param brokers on nodes that are up; null while one boots
     */
    ClusterSketch(Function<NodeId, BrokerNode> brokers) {
        this.brokers = brokers;
        this.raft = new RaftSketch(
                id -> brokers.apply(id) == null ? null : brokers.apply(id).group());
    }

    @Override
    public int kindOf(Object message) {
        return raft.kindOf(message);
    }

    @Override
    public void sketch(Simulation sim, AbstractState state) {
        raft.sketch(sim, state);
        int index = 0;
        for (NodeId node : sim.nodes()) {
            BrokerNode broker = sim.isUp(node) ? brokers.apply(node) : null;
            if (broker != null) {
                int held = 0;
                for (NodeId other : sim.nodes()) {
                    Member member = broker.membership().member(other);
                    held |= 1 << (member == null ? STATES : member.state().ordinal());
                }
                state.node(index, held << 2 | (broker.isReady() ? 1 : 0));
            }
            index++;
        }
    }
}
