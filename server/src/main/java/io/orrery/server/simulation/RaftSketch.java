package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.LogView;
import io.orrery.raft.message.AppendRefusal;
import io.orrery.raft.message.RequestVote;
import io.orrery.raft.message.TimeoutNow;
import io.orrery.raft.message.VoteReply;
import io.orrery.sim.Simulation;
import io.orrery.sim.coverage.AbstractState;
import io.orrery.sim.coverage.Abstraction;
import java.util.List;
import java.util.function.Function;

/**
 * What matters of a Raft group: each node's role, whether it follows and for whom it voted, whether its term is the latest, and
 * whether its log is a beginning of the best one or contradicts it; how far terms, logs and what is committed are apart.
 */
final class RaftSketch implements Abstraction {
    private static final int SAME = 0;
    private static final int BEGINNING = 1;
    private static final int LONGER = 2;
    private static final int DIVERGED = 3;

    private final Function<NodeId, RaftGroup> groups;
    /** By node, those that run; null for the others. */
    private RaftGroup[] running = new RaftGroup[8];

    /**
     * @param groups of nodes that are up; null while one boots
     */
    RaftSketch(Function<NodeId, RaftGroup> groups) {
        this.groups = groups;
    }

    /** Elections, and appends that did not fit: heartbeats and their answers are nearly always on their way. */
    @Override
    public int kindOf(Object message) {
        if (message instanceof RequestVote) {
            return 1;
        } else if (message instanceof VoteReply) {
            return 2;
        } else if (message instanceof AppendRefusal) {
            return 3;
        }
        return message instanceof TimeoutNow ? 4 : 0;
    }

    @Override
    public void sketch(Simulation sim, AbstractState state) {
        LogView best = null;
        LogView worst = null;
        long term = 0;
        long termMin = Long.MAX_VALUE;
        long commit = 0;
        long commitMin = Long.MAX_VALUE;
        List<NodeId> nodes = sim.nodes();
        look(sim, nodes);
        for (int i = 0; i < nodes.size(); i++) {
            RaftGroup group = running[i];
            if (group != null) {
                LogView log = group.view().log();
                best = best == null || isAhead(log, best) ? log : best;
                worst = worst == null || isAhead(worst, log) ? log : worst;
                term = Math.max(term, group.term());
                termMin = Math.min(termMin, group.term());
                commit = Math.max(commit, group.commitIndex());
                commitMin = Math.min(commitMin, group.commitIndex());
            }
        }
        if (best == null) {
            return;
        }
        state.world(few(term - termMin) | few(best.lastIndex() - commit) << 4 | few(commit - commitMin) << 8);
        state.world(few(Math.abs(best.lastIndex() - worst.lastIndex())));
        for (int i = 0; i < nodes.size(); i++) {
            if (running[i] != null) {
                sketch(nodes.get(i), i, running[i], best, term, state);
            }
        }
    }

    private void look(Simulation sim, List<NodeId> nodes) {
        if (running.length < nodes.size()) {
            running = new RaftGroup[nodes.size()];
        }
        for (int i = 0; i < nodes.size(); i++) {
            running[i] = running(sim, nodes.get(i));
        }
    }

    /** None, one, or more. */
    private static long few(long count) {
        return Math.min(AbstractState.bucket(count), 2);
    }

    private RaftGroup running(Simulation sim, NodeId node) {
        RaftGroup group = sim.isUp(node) ? groups.apply(node) : null;
        return group == null || !group.view().isRunning() ? null : group;
    }

    private static boolean isAhead(LogView log, LogView other) {
        long term = log.term(log.lastIndex());
        long otherTerm = other.term(other.lastIndex());
        return term > otherTerm || term == otherTerm && log.lastIndex() > other.lastIndex();
    }

    private static void sketch(NodeId node, int index, RaftGroup group, LogView best, long term, AbstractState state) {
        int vote = 0;
        if (group.view().toldVoteTerm() == group.term()) {
            vote = node.equals(group.view().toldVote()) ? 1 : 2;
        }
        int isBehind = group.term() < term ? 1 : 0;
        int isFollowing = group.leader() == null ? 0 : 1;
        LogView log = group.view().log();
        int isOfTerm = log.term(log.lastIndex()) == group.term() ? 1 : 0;
        state.node(
                index,
                group.role().ordinal()
                        | vote << 4
                        | isBehind << 6
                        | isFollowing << 7
                        | isOfTerm << 8
                        | relation(log, best) << 12);
    }

    private static int relation(LogView log, LogView best) {
        long last = log.lastIndex();
        if (last > best.lastIndex()) {
            return log.term(best.lastIndex()) == best.term(best.lastIndex()) ? LONGER : DIVERGED;
        }
        if (log.term(last) != best.term(last)) {
            return DIVERGED;
        }
        return last == best.lastIndex() ? SAME : BEGINNING;
    }
}
