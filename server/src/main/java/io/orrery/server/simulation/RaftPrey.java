package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.Role;
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

    @Override
    public long termSought(NodeId node) {
        RaftGroup replica = group.apply(node);
        return replica.role() == Role.CANDIDATE ? replica.term() : 0;
    }

    @Override
    public long changeUnderWay(NodeId node) {
        RaftGroup replica = group.apply(node);
        boolean isUnderWay = replica.isLeader() && replica.view().configurationIndex() > replica.commitIndex();
        return isUnderWay ? replica.view().configurationIndex() : 0;
    }

    @Override
    public long truncations(NodeId node) {
        return group.apply(node).view().log().truncations();
    }
}
