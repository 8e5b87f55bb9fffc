package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.EntryBatch;
import io.orrery.raft.log.EntryReader;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.AppendRefusal;
import io.orrery.raft.snapshot.SnapshotId;
import io.orrery.raft.snapshot.SnapshotMarks;

/**
 * What a follower knows of its leader in one term, and how it takes the leader's entries (section 5.3).
 *
 * <ul>
 *   <li>I1: what is acknowledged was shown to match in this term, and is durable, as is the term.
 * </ul>
 */
final class Following {
    private final Replica replica;
    private final NodeId leader;
    private long heardNanos;
    private long received;
    private long acknowledged;
    private long round;
    /** The last answer: in an idle group it is given again and again. */
    private AppendAck said;

    private boolean answerOwed;
    private NodeId voteOwedTo;
    private boolean needed;

    /**
     * @param leader of the term; null as long as none is known
     */
    Following(Replica replica, NodeId leader) {
        this.replica = replica;
        this.leader = leader;
        this.heardNanos = replica.kernel.nowNanos();
    }

    NodeId leader() {
        return leader;
    }

    /** Up to where this log is equal to the leader's, durably, as it was told. */
    long acknowledged() {
        return acknowledged;
    }

    /** Whether the leader spoke within the least election timeout. */
    boolean isLeaderAlive() {
        return leader != null
                && replica.kernel.nowNanos() - heardNanos
                        < replica.config.timing().electionNanos();
    }

    void onHeard() {
        heardNanos = replica.kernel.nowNanos();
        replica.voteGuard.onHeard(heardNanos);
    }

    /** The leader's node was heard then, which is as good for a group that slept. No lease rests on it. */
    void onNodeHeard(long nanos) {
        heardNanos = Math.max(heardNanos, nanos);
    }

    /**
     * A candidate counts on this replica's vote, and cannot have it, because its log ends before this one. Whether that is news
     * to a replica that does not vote by its own configuration, and so does not campaign.
     *
     * <p>Such a replica may hold the longest log of those that a majority needs: a leader that removed itself, or a learner to
     * which the leader of a later term sent entries that cut off its promotion. Those who count on its vote may have it no
     * more than anybody with as short a log. So it campaigns itself, among the voters of its own configuration, and steps down
     * as soon as an entry of its term is committed (dissertation, section 4.2.2).
     */
    boolean maybeNeed() {
        if (needed || replica.isVoter()) {
            return false;
        }
        needed = true;
        replica.reached(RaftMarks.NON_VOTER_NEEDED);
        return true;
    }

    /** Whether it campaigns though it does not vote. */
    boolean isNeeded() {
        return needed;
    }

    /** A vote was granted, and is told when it is durable. */
    void oweVote(NodeId candidate) {
        voteOwedTo = candidate;
    }

    /** The candidate whose durable vote is to be told now; null for none. */
    NodeId takeVoteOwed() {
        if (voteOwedTo == null || !replica.isVoteDurable()) {
            return null;
        }
        NodeId candidate = voteOwedTo;
        voteOwedTo = null;
        return candidate;
    }

    /** Whether every configuration among the entries can be read. */
    static boolean isSane(AppendEntries message) {
        if (!message.entries().holds(Entry.Kind.CONFIG)) {
            return true;
        }
        for (Entry entry : message.entries()) {
            if (entry.kind() == Entry.Kind.CONFIG) {
                try {
                    Configuration.decode(entry.payload());
                } catch (DecodeException e) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Makes this log equal to the leader's as far as the message goes; refused if it does not match where that begins. */
    boolean maybeAccept(AppendEntries message) {
        RaftLog log = replica.log;
        if (!log.matches(message.prevIndex(), message.prevTerm())) {
            refuse(message);
            return false;
        }
        long before = log.lastIndex();
        take(message);
        received = Math.max(received, message.lastIndex());
        boolean isNewRound = message.round() > round;
        round = Math.max(round, message.round());
        if (log.lastIndex() > before && acknowledgeable() <= acknowledged && !isNewRound) {
            answerOwed = true;
        } else {
            acknowledge();
        }
        return true;
    }

    /** Skips what is here already, cuts off what contradicts, appends the rest: steps 3 and 4 of Figure 2. */
    private void take(AppendEntries message) {
        RaftLog log = replica.log;
        EntryBatch entries = message.entries();
        EntryReader entry = entries.isEmpty() ? null : replica.wal.read(entries);
        long keep = message.prevIndex();
        boolean isFresh = entry != null && entry.next();
        while (isFresh && log.matches(entry.index(), entry.term())) {
            keep = entry.index();
            isFresh = entry.next();
        }
        boolean conflicts = isFresh || !replica.rules.keepsMatchingSuffix();
        if (conflicts && keep < log.lastIndex()) {
            replica.note("truncate", "from=" + (keep + 1) + " to=" + log.lastIndex() + " by " + leader);
            replica.truncateFrom(keep + 1);
        }
        for (; isFresh; isFresh = entry.next()) {
            replica.append(entry);
        }
    }

    /** Takes part in what the snapshot stands for if it must: whether this log does not lead on to it by itself. */
    boolean maybeNeedSnapshot(SnapshotId id) {
        boolean isKnown = id.index() <= replica.commitIndex();
        if (!isKnown && !replica.log.matches(id.index(), id.term())) {
            return true;
        }
        replica.reached(SnapshotMarks.STALE_OFFER);
        replica.commitWithLeader(id.index(), id.index());
        onInstalled(id.index());
        return false;
    }

    /** This log is the leader's up to {@code index}, since all up to there is committed. */
    void onInstalled(long index) {
        received = Math.max(received, index);
        if (leader != null) {
            acknowledge();
        }
    }

    private void refuse(AppendEntries message) {
        long hint = replica.log.lastIndexWithTermAtMost(message.prevIndex() - 1, message.prevTerm());
        replica.reached(RaftMarks.APPEND_REFUSED);
        replica.note(
                "refuse-append", "prev=" + message.prevIndex() + " last=" + replica.log.lastIndex() + " hint=" + hint);
        replica.send(leader, new AppendRefusal(replica.term(), message.prevIndex(), hint, replica.log.term(hint)));
    }

    private long acknowledgeable() {
        return Math.min(received, replica.acknowledgeable());
    }

    /** Tells the leader how far this log has come, now or, if the term is not durable yet, when it is. */
    private void acknowledge() {
        if (!replica.isTermDurable()) {
            answerOwed = true;
            return;
        }
        acknowledged = acknowledgeable();
        answerOwed = false;
        int priority = replica.config.priority();
        long applied = replica.appliedIndex();
        boolean isRepeated = said != null
                && said.term() == replica.term()
                && said.receivedIndex() == received
                && said.durableIndex() == acknowledged
                && said.appliedIndex() == applied
                && said.round() == round
                && said.priority() == priority;
        said = isRepeated ? said : new AppendAck(replica.term(), received, acknowledged, applied, round, priority);
        replica.send(leader, said);
    }

    /** The disk has come further. */
    void onDurable() {
        if (leader != null && (answerOwed || acknowledgeable() > acknowledged)) {
            acknowledge();
        }
    }
}
