package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.Role;
import io.orrery.raft.log.LogView;
import io.orrery.raft.message.AppendRefusal;
import io.orrery.raft.message.RequestVote;
import io.orrery.raft.message.VoteReply;
import io.orrery.sim.Simulation;
import io.orrery.sim.coverage.AbstractState;
import io.orrery.sim.coverage.Abstraction;
import java.util.List;
import java.util.function.Function;

/**
 * What matters of a Raft group: each node's role, whether it follows a leader, whether its term is the latest, whether its log is
 * a beginning of the best one or contradicts it; how far terms are apart; whether logs are, and whether something is not
 * committed yet; whether votes and refusals are under way.
 */
final class RaftSketch implements Abstraction {
    private static final int SAME = 0;
    private static final int BEGINNING = 1;
    private static final int LONGER = 2;
    private static final int DIVERGED = 3;

    private final Function<NodeId, RaftGroup> groups;
    private RaftGroup[] running = {};

    /**
     * @param groups of nodes that are up; null while one boots
     */
    RaftSketch(Function<NodeId, RaftGroup> groups) {
        this.groups = groups;
    }

    /** Elections, and appends that did not fit: heartbeats and their answers are nearly always on their way. */
    @Override
    public int kindOf(Object message) {
        if (message instanceof RequestVote || message instanceof VoteReply) {
            return 1;
        }
        return message instanceof AppendRefusal ? 2 : 0;
    }

    @Override
    public long pulse(NodeId node) {
        RaftGroup group = groups.apply(node);
        return group == null ? 0 : group.term() * 4 + group.role().ordinal();
    }

    @Override
    public void sketch(Simulation sim, AbstractState state) {
        List<NodeId> nodes = sim.nodes();
        if (running.length != nodes.size()) {
            running = new RaftGroup[nodes.size()];
        }
        LogView best = null;
        LogView worst = null;
        long term = 0;
        long termMin = Long.MAX_VALUE;
        long commit = 0;
        for (int index = 0; index < running.length; index++) {
            RaftGroup group = running(sim, nodes.get(index));
            running[index] = group;
            if (group != null) {
                LogView log = group.view().log();
                best = best == null || isAhead(log, best) ? log : best;
                worst = worst == null || isAhead(worst, log) ? log : worst;
                term = Math.max(term, group.term());
                termMin = Math.min(termMin, group.term());
                commit = Math.max(commit, group.commitIndex());
            }
        }
        if (best == null) {
            return;
        }
        int isOpen = best.lastIndex() > commit ? 1 : 0;
        int isApart = best.lastIndex() != worst.lastIndex() ? 1 : 0;
        state.world(Math.min(2, term - termMin) | isOpen << 4 | isApart << 5);
        for (int index = 0; index < running.length; index++) {
            if (running[index] != null) {
                state.node(index, features(running[index], best, term));
            }
        }
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

    /** Of leaders most, and little of those who follow one: they are many. */
    private static long features(RaftGroup group, LogView best, long term) {
        LogView log = group.view().log();
        int relation = relation(log, best);
        long features = group.role().ordinal() | (group.term() < term ? 1 : 0) << 4;
        if (group.role() == Role.LEADER) {
            int isOfTerm = log.term(log.lastIndex()) == group.term() ? 1 : 0;
            return features | isOfTerm << 6 | relation << 8;
        }
        boolean isFollowing = group.leader() != null;
        return isFollowing ? features | (relation == DIVERGED ? 2 : 1) << 12 : features | relation << 8;
    }

    private static int relation(LogView log, LogView best) {
        long last = log.lastIndex();
        if (last > best.lastIndex()) {
            return isSame(log, best, best.lastIndex()) ? LONGER : DIVERGED;
        }
        if (!isSame(log, best, last)) {
            return DIVERGED;
        }
        return last == best.lastIndex() ? SAME : BEGINNING;
    }

    /** What one of them has compacted was committed. */
    private static boolean isSame(LogView log, LogView best, long index) {
        boolean isCompacted = index < log.snapshotIndex() || index < best.snapshotIndex();
        return isCompacted || log.term(index) == best.term(index);
    }
}
