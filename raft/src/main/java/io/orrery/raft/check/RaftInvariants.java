package io.orrery.raft.check;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.Role;
import io.orrery.raft.log.LogView;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/**
 * The safety properties of one Raft group (Figure 3 of the paper, and what they rest on), over all its replicas and all
 * their incarnations:
 *
 * <ul>
 *   <li>P1 election safety: a term has at most one leader.
 *   <li>P2 leader append-only: a leader never cuts off or changes its entries.
 *   <li>P3 log matching: logs with an entry of the same index and term are equal up to there.
 *   <li>P4 leader completeness: a leader has every entry that was committed in an earlier term.
 *   <li>P5 state machine safety: what is committed or applied at an index is the same everywhere, and for ever.
 *   <li>P6 one vote: a node tells votes for one candidate in a term, across restarts.
 * </ul>
 *
 * <p>It is shown a replica after each event of its node, and looks only at what is new since the last time: a comparison
 * of a few numbers when nothing is.
 */
public final class RaftInvariants {
    private final LinkedHashMap<NodeId, Seen> nodes = new LinkedHashMap<>();
    private final TreeMap<Long, NodeId> leaders = new TreeMap<>();
    private final TreeMap<Vote, NodeId> votes = new TreeMap<>();
    private final EntryBook entries = new EntryBook();
    private final CommittedLog committed = new CommittedLog();

    private record Vote(NodeId voter, long term) implements Comparable<Vote> {
        @Override
        public int compareTo(Vote other) {
            int byVoter = voter.compareTo(other.voter);
            return byVoter != 0 ? byVoter : Long.compare(term, other.term);
        }
    }

    /** What was last seen of a replica. */
    private static final class Seen {
        private RaftGroup group;
        private long term;
        private Role role;
        private long last;
        private long truncations;
        private long commit;
        private long applied;
        private long toldVoteTerm;
    }

    /**
     * Looks at a replica.
     *
     * @throws Check.Violation naming the property that is broken
     */
    public void observe(NodeId node, RaftGroup group) {
        if (!group.view().isRunning()) {
            return;
        }
        Seen seen = nodes.get(node);
        if (seen == null || seen.group != group) {
            seen = new Seen();
            seen.group = group;
            nodes.put(node, seen);
        }
        LogView log = group.view().log();
        if (seen.last != log.lastIndex() || seen.truncations != log.truncations()) {
            checkLog(node, group, log, seen);
        }
        if (seen.commit != group.commitIndex()) {
            checkCommitted(group, log, seen);
        }
        if (seen.applied != group.appliedIndex()) {
            checkApplied(group, seen);
        }
        if (seen.term != group.term() || seen.role != group.role()) {
            checkRole(node, group, log, seen);
        }
        if (seen.toldVoteTerm != group.view().toldVoteTerm()) {
            checkVote(node, group, seen);
        }
    }

    /** How many entries were ever committed. */
    public long committedIndex() {
        return committed.lastIndex();
    }

    private void checkLog(NodeId node, RaftGroup group, LogView log, Seen seen) {
        boolean cut = seen.truncations != log.truncations();
        boolean led = seen.role == Role.LEADER && group.role() == Role.LEADER && seen.term == group.term();
        Check.that(!(led && cut), "P2 leader append-only: a leader cut off entries", seen.term, log.lastIndex());
        long from = cut ? Math.min(seen.commit, log.lastIndex()) : seen.last;
        for (long index = from + 1; index <= log.lastIndex(); index++) {
            entries.note(index, log.term(index - 1), log.entry(index));
        }
        Check.that(log.lastIndex() >= seen.commit, "P5: a committed entry was cut off", seen.commit, log.lastIndex());
        seen.last = log.lastIndex();
        seen.truncations = log.truncations();
    }

    private void checkCommitted(RaftGroup group, LogView log, Seen seen) {
        for (long index = seen.commit + 1; index <= group.commitIndex(); index++) {
            committed.note(log.entry(index), group.term());
        }
        seen.commit = group.commitIndex();
    }

    private void checkApplied(RaftGroup group, Seen seen) {
        seen.applied = group.appliedIndex();
        Check.that(
                group.view().appliedDigest() == committed.digest(seen.applied),
                "P5 state machine safety: another sequence of commands was applied",
                seen.applied,
                group.term());
    }

    private void checkRole(NodeId node, RaftGroup group, LogView log, Seen seen) {
        Check.that(group.term() >= seen.term, "a term fell", seen.term, group.term());
        seen.term = group.term();
        seen.role = group.role();
        if (group.role() != Role.LEADER) {
            return;
        }
        NodeId leader = leaders.putIfAbsent(group.term(), node);
        Check.that(leader == null || leader.equals(node), "P1 election safety: two leaders in one term", group.term());
        long index = committed.lastBefore(group.term());
        Check.that(
                index <= log.lastIndex() && committed.holds(index, log.term(index)),
                "P4 leader completeness: a leader lacks a committed entry",
                group.term(),
                index,
                log.lastIndex());
    }

    private void checkVote(NodeId node, RaftGroup group, Seen seen) {
        seen.toldVoteTerm = group.view().toldVoteTerm();
        NodeId vote = group.view().toldVote();
        NodeId earlier = votes.putIfAbsent(new Vote(node, seen.toldVoteTerm), vote);
        Check.that(
                earlier == null || earlier.equals(vote),
                "P6 one vote: a node voted twice in a term",
                seen.toldVoteTerm);
    }
}
