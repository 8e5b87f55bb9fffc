package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.sim.run.Prey;
import java.util.function.Function;

/**
 * The leaders and voters of a Raft group.
 *
 * @param group the replica of a node that is up
 */
record RaftPrey(Function<NodeId, RaftGroup> group, long electionNanos) implements Prey {
    @Override
    public long termLed(NodeId node) {
        RaftGroup replica = group.apply(node);
        return replica.isLeader() ? replica.term() : 0;
    }

    @Override
    public long committed(NodeId node) {
        return group.apply(node).commitIndex();
    }

    @Override
    public long handovers(NodeId node) {
        return group.apply(node).counters().handovers();
    }

    @Override
    public long termVoted(NodeId node) {
        RaftGroup replica = group.apply(node);
        return node.equals(replica.view().toldVote()) ? 0 : replica.view().toldVoteTerm();
    }
}
