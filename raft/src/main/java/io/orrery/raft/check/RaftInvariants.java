package io.orrery.raft.check;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.Role;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.LogView;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The safety properties of one Raft group (Figure 3 of the paper, and what they rest on), over all its replicas and all
 * their incarnations:
 *
 * <ul>
 *   <li>P1 election safety: a term has at most one leader, and it is the one that the others follow.
 *   <li>P2 leader append-only: a leader never cuts off or changes its entries.
 *   <li>P3 log matching: logs with an entry of the same index and term are equal up to there.
 *   <li>P4 leader completeness: a leader has every entry that was committed in an earlier term.
 *   <li>P5 state machine safety: what is committed or applied at an index is the same everywhere, and for ever.
 *   <li>P6 one vote: a node tells votes for one candidate in a term, across restarts; itself is one, too.
 *   <li>P7 durability: what a replica held for durable, committed or not, is in its log after a restart on the disk that it
 *       had, or in its snapshot, and its term has not fallen.
 *   <li>P8 pre-vote: nobody grants one to a log that is behind its own (dissertation, section 9.6).
 *   <li>P9 changes of members: a leader appends a configuration only when all before it are committed, and an entry of its
 *       own term (dissertation, section 4.1; Ongaro on raft-dev, 2015).
 *   <li>P10 progress: what a leader holds for matching on a peer is so: see {@link MatchRule}.
 *   <li>P13 remembrance: whoever forgot votes, and thinks that it may, only when it cannot contradict what it forgot: see
 *       {@link Remembrance}.
 *   <li>P14 retention: a replica that runs never gives up an entry that it had on disk and that was committed in its term or
 *       before, but to a snapshot.
 *   <li>P15 suffix: a snapshot that is installed leaves what lies behind it in a log that holds its last entry (section 7,
 *       step 6).
 *   <li>P11 and P12: quorums and configurations, see {@link MembershipInvariants}.
 * </ul>
 *
 * <p>It is shown a replica after each event of its node, and looks only at what is new since the last time: a comparison
 * of a few numbers when nothing is.
 */
public final class RaftInvariants {
    private final LinkedHashMap<NodeId, Seen> nodes = new LinkedHashMap<>();
    private final TreeMap<Long, NodeId> leaders = new TreeMap<>();
    private final VoteBook votes = new VoteBook();
    private final EntryBook entries = new EntryBook();
    private final CommittedLog committed = new CommittedLog();
    private final MembershipInvariants membership = new MembershipInvariants();

    private final Remembrance remembrance = new Remembrance();

    private final MatchRule matches = new MatchRule();

    /** Nodes that have booted since they were last seen, on the disk that they had. */
    private final TreeSet<NodeId> disksKept = new TreeSet<>();

    /** Nodes that have booted since they were last seen, on a disk that was damaged or replaced. */
    private final TreeSet<NodeId> disksHarmed = new TreeSet<>();

    /** What was last seen of a replica. */
    private static final class Seen {
        private RaftGroup group;
        private long term;
        private Role role;
        private NodeId leader;
        private long last;
        private long lastTerm;
        private long truncations;
        private long commit;
        private long applied;
        private long toldVoteTerm;
        private NodeId toldVote;
        private long preVotes;
        private long matchAdvances;
        /** The last entry that is on its own disk: index, and term. */
        private long keptIndex;

        private long snapshotIndex;

        private long keptTerm;
        /** The term in which it told a vote or led: it was durable before. */
        private long durableTerm;
        /** Whether it knows that it forgot. */
        private boolean forgot;
        /** Whether a configuration that it had in this life did not count on it. */
        private boolean wasUncounted;
    }

    /** The node boots, and its disk holds all that it said was durable: P7 is checked when its replica runs. */
    public void onDiskKept(NodeId node) {
        disksKept.add(node);
    }

    /**
     * The node's disk was damaged or replaced since it booted before, or since it boots and has not read it back: P7 says nothing
     * of the replica that it starts.
     */
    public void onDiskHarmed(NodeId node) {
        disksHarmed.add(node);
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
            if (seen != null && !disksKept.contains(node)) {
                membership.onForgot(node);
            }
            seen = recovered(node, group, seen);
            nodes.put(node, seen);
        }
        LogView log = group.view().log();
        if (seen.leader != group.leader() || seen.term != group.term()) {
            checkLeader(group, seen);
        }
        boolean isLogChanged = seen.last != log.lastIndex() || seen.truncations != log.truncations();
        if (isLogChanged) {
            checkLog(node, group, log, seen);
        }
        if (seen.commit != group.commitIndex()) {
            checkCommitted(group, log, seen);
        }
        long keptIndex = Math.max(log.snapshotIndex(), log.durableIndex());
        if (isLogChanged || keptIndex != seen.keptIndex) {
            seen.keptIndex = keptIndex;
            seen.keptTerm = log.term(keptIndex);
        }
        if (seen.snapshotIndex != log.snapshotIndex()) {
            checkCompacted(log);
            seen.snapshotIndex = log.snapshotIndex();
        }
        if (seen.applied != group.appliedIndex()) {
            checkApplied(group, seen);
        }
        if (seen.toldVoteTerm != group.view().toldVoteTerm()
                || seen.toldVote != group.view().toldVote()) {
            checkVote(node, group, seen);
        }
        if (seen.term != group.term() || seen.role != group.role()) {
            checkRole(node, group, log, seen);
        }
        membership.observe(node, group);
        if (seen.forgot || group.view().hasForgotten()) {
            checkMemory(node, group, seen);
        }
        if (seen.preVotes != group.view().preVotesGranted()) {
            checkPreVote(group, log, seen);
        }
        if (seen.matchAdvances != group.matchAdvances()) {
            seen.matchAdvances = group.matchAdvances();
            matches.check(group);
        }
    }

    /** A leader's snapshot came in place of a log that contradicted it, of which nothing behind the snapshot was committed. */
    private boolean isReplaced(LogView log, Seen before) {
        boolean wasCommitted =
                before.keptIndex <= committed.lastIndex() && committed.holds(before.keptIndex, before.keptTerm);
        return log.snapshotIndex() > before.snapshotIndex && log.lastIndex() == log.snapshotIndex() && !wasCommitted;
    }

    private Seen recovered(NodeId node, RaftGroup group, Seen before) {
        boolean harmed = disksHarmed.remove(node);
        boolean kept = disksKept.remove(node) && before != null && !harmed;
        if (kept) {
            LogView log = group.view().log();
            boolean compacted = log.snapshotIndex() > before.keptIndex;
            Check.that(
                    compacted
                            || isReplaced(log, before)
                            || log.lastIndex() >= before.keptIndex && log.term(before.keptIndex) == before.keptTerm,
                    "P7 durability: a restart lost an entry that was on this disk",
                    before.keptIndex,
                    log.lastIndex());
            Check.that(
                    group.term() >= before.durableTerm, "P7 durability: a term fell in a restart", before.durableTerm);
        }
        if (before != null && harmed) {
            remembrance.onHarmed(
                    node, new Remembrance.Owed(before.toldVoteTerm, before.keptIndex, before.keptTerm, before.commit));
        }
        matches.onBoot(node, group, kept || before == null);
        Seen fresh = new Seen();
        fresh.group = group;
        fresh.preVotes = group.view().preVotesGranted();
        fresh.durableTerm = kept ? before.durableTerm : 0;
        return fresh;
    }

    /** How many entries were ever committed. */
    public long committedIndex() {
        return committed.lastIndex();
    }

    private void checkLog(NodeId node, RaftGroup group, LogView log, Seen seen) {
        boolean cut = seen.truncations != log.truncations();
        boolean led = seen.role == Role.LEADER && group.role() == Role.LEADER && seen.term == group.term();
        Check.that(!(led && cut), "P2 leader append-only: a leader cut off entries", seen.term, log.lastIndex());
        if (cut) {
            checkKept(group, log, seen);
        }
        long from = cut ? Math.min(seen.commit, log.lastIndex()) : seen.last;
        for (long index = Math.max(from, log.snapshotIndex()) + 1; index <= log.lastIndex(); index++) {
            Entry entry = log.entry(index);
            entries.note(index, log.term(index - 1), entry);
            if (led && entry.kind() == Entry.Kind.CONFIG) {
                ChangeRule.check(log, group.commitIndex(), group.term(), index);
            }
        }
        Check.that(log.lastIndex() >= seen.commit, "P5: a committed entry was cut off", seen.commit, log.lastIndex());
        if (log.lastIndex() < seen.last && log.snapshotIndex() > seen.snapshotIndex) {
            Check.that(
                    !entries.isBefore(log.snapshotIndex(), log.snapshotTerm(), seen.last, seen.lastTerm),
                    "P15 suffix: a snapshot took the place of a log that holds its last entry",
                    log.snapshotIndex(),
                    seen.last);
        }
        seen.last = log.lastIndex();
        seen.lastTerm = log.term(seen.last);
        seen.truncations = log.truncations();
    }

    /**
     * Others may have committed by its word what it does not know to be committed. What was committed in a later term than its
     * own was so without it: an earlier leader, who lacks that, may still have its way here (section 5.4.2).
     */
    private void checkKept(RaftGroup group, LogView log, Seen seen) {
        boolean wasCommitted =
                committed.isCommittedBy(seen.keptIndex, group.term()) && committed.holds(seen.keptIndex, seen.keptTerm);
        Check.that(
                !wasCommitted
                        || log.snapshotIndex() >= seen.keptIndex
                        || log.lastIndex() >= seen.keptIndex && log.term(seen.keptIndex) == seen.keptTerm,
                "P14 retention: a replica gave up a committed entry that was on its disk",
                seen.keptIndex,
                log.lastIndex());
    }

    private void checkCompacted(LogView log) {
        long compacted = log.snapshotIndex();
        Check.that(
                compacted <= committed.lastIndex() && committed.holds(compacted, log.snapshotTerm()),
                "P5 state machine safety: a snapshot stands for what nobody has committed",
                compacted,
                log.snapshotTerm());
    }

    private void checkCommitted(RaftGroup group, LogView log, Seen seen) {
        long compacted = log.snapshotIndex();
        for (long index = Math.max(seen.commit, compacted) + 1; index <= group.commitIndex(); index++) {
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

    /** Whom it follows has sent it an append in this term, which only its leader may. */
    private void checkLeader(RaftGroup group, Seen seen) {
        seen.leader = group.leader();
        if (seen.leader != null && group.role() != Role.LEADER) {
            NodeId leader = leaders.putIfAbsent(group.term(), seen.leader);
            Check.that(
                    leader == null || leader.equals(seen.leader),
                    "P1 election safety: a replica follows another than the leader of its term",
                    group.term());
        }
    }

    private void checkRole(NodeId node, RaftGroup group, LogView log, Seen seen) {
        Check.that(group.term() >= seen.term, "a term fell", seen.term, group.term());
        seen.term = group.term();
        seen.role = group.role();
        if (group.role() != Role.LEADER) {
            return;
        }
        seen.durableTerm = group.term();
        NodeId leader = leaders.putIfAbsent(group.term(), node);
        Check.that(leader == null || leader.equals(node), "P1 election safety: two leaders in one term", group.term());
        long index = Math.max(committed.lastBefore(group.term()), log.snapshotIndex());
        Check.that(
                index <= log.lastIndex() && committed.holds(index, log.term(index)),
                "P4 leader completeness: a leader lacks a committed entry",
                group.term(),
                index,
                log.lastIndex());
    }

    private void checkVote(NodeId node, RaftGroup group, Seen seen) {
        seen.toldVoteTerm = group.view().toldVoteTerm();
        seen.toldVote = group.view().toldVote();
        seen.durableTerm = Math.max(seen.durableTerm, seen.toldVoteTerm);
        votes.note(node, seen.toldVoteTerm, seen.toldVote);
        remembrance.onVote(node, group, seen.toldVoteTerm, committed);
    }

    private void checkMemory(NodeId node, RaftGroup group, Seen seen) {
        boolean isCounted = group.configuration().electorate().contains(node);
        seen.wasUncounted |= !group.configuration().isEmpty() && !isCounted;
        if (seen.forgot && !group.view().hasForgotten()) {
            remembrance.onRemembered(node, group, committed, seen.wasUncounted);
        }
        seen.forgot = group.view().hasForgotten();
    }

    /** A pre-vote changes nothing, so the log is still as it was when it was granted. */
    private static void checkPreVote(RaftGroup group, LogView log, Seen seen) {
        seen.preVotes = group.view().preVotesGranted();
        long term = group.view().preVoteLastTerm();
        long index = group.view().preVoteLastIndex();
        long ownTerm = log.term(log.lastIndex());
        Check.that(
                term > ownTerm || term == ownTerm && index >= log.lastIndex(),
                "P8 pre-vote: granted to a log that is behind",
                group.term(),
                index,
                log.lastIndex());
    }
}
