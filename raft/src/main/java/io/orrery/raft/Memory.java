package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.InstallSnapshot;
import io.orrery.raft.message.MemoryMessage;
import io.orrery.raft.message.RaftMessage;
import io.orrery.raft.message.Recall;
import io.orrery.raft.message.RecallReply;
import java.util.TreeMap;

/**
 * A replica that may have forgotten: its disk was damaged, or is empty though it is not the first one, and a vote or
 * acknowledged entries may be lost with it. It follows, stores and acknowledges like any other, but neither votes nor campaigns
 * until it cannot contradict what it forgot:
 *
 * <ul>
 *   <li>I1: every other voter has told its term since this replica started. A candidate is in its term before it asks for
 *       votes, so no forgotten vote is of a later term than the latest told. In that one this replica votes no more.
 *   <li>I2: it has again, durably, all that the leader of its term had when it answered. Whatever it acknowledged before is
 *       among it, or was never committed.
 *   <li>I3: instead of I1 it suffices that nobody counts on its vote: see {@link Uncounted}.
 * </ul>
 *
 * <p>An operator may end it, who forces voters (I1 to I3 do not hold then): see {@link Recovery}.
 *
 * <p>What may be forgotten is written down with the hard state, so a restart does not forget it too. Where a majority has
 * forgotten nobody is elected: the group stops, and each replica says what it lost.
 */
final class Memory {
    private final Roles roles;
    private final Replica replica;
    private final Timer timer;
    private final TreeMap<NodeId, RecallReply> answers = new TreeMap<>();
    private final Uncounted uncounted;
    /** What a leader said last: it may have changed who votes since it was asked first. Null before one has spoken. */
    private RecallReply lastOfLeader;

    private String lost = "";
    private long askedLeaderOf;
    private long nonce;

    Memory(Roles roles, Replica replica) {
        this.roles = roles;
        this.replica = replica;
        this.timer = replica.kernel.timer("recall", this::ask);
        this.uncounted = new Uncounted(roles, replica, () -> remember(replica.term()));
    }

    /**
     * Nothing of the group is on the disk; whether that is as it should be. If not, what was there is forgotten: the disk is
     * another, or was never there and nobody knows it, and then the replica is not counted on yet.
     */
    boolean maybeBegin() {
        if (replica.beginning.isFirst() && replica.log.lastIndex() == 0) {
            return true;
        }
        replica.reached(RaftMarks.EMPTY_DISK);
        lost = GroupEvent.EMPTY_DISK;
        replica.forget();
        return false;
    }

    /** The log is recovered: asks, if something may be lost. */
    void start() {
        if (replica.hasForgotten()) {
            replica.reached(RaftMarks.FORGETFUL_START);
            replica.note("forgot", lost.isEmpty() ? whatIsDamaged() : lost);
            nonce = replica.kernel.prng().nextLong();
            ask();
        }
    }

    private String whatIsDamaged() {
        if (replica.wal.damages().isEmpty()) {
            return "an earlier start found this log damaged, and said where; not all of it is here again";
        }
        String entries = replica.log.damaged();
        return (entries.isEmpty() ? "votes or entries" : entries) + " " + replica.wal.damages();
    }

    private void ask() {
        for (NodeId voter : replica.configuration().electorate()) {
            if (!voter.equals(replica.self())) {
                replica.send(voter, new Recall(replica.term(), nonce));
            }
        }
        timer.restart(replica.config.timing().electionNanos());
    }

    /** Before any message of a peer is handled. */
    void onHeard(NodeId from, RaftMessage message) {
        boolean speaksAsLeader = message instanceof AppendEntries || message instanceof InstallSnapshot;
        if (replica.hasForgotten() && speaksAsLeader && message.term() > askedLeaderOf) {
            // Before anything is acknowledged, on which the leader may make this replica a voter.
            askedLeaderOf = message.term();
            replica.send(from, new Recall(message.term(), nonce));
        }
    }

    void onMessage(NodeId from, MemoryMessage message) {
        if (message instanceof RecallReply reply && replica.hasForgotten() && reply.nonce() == nonce) {
            answers.merge(from, reply, (old, next) -> isNews(old, next) ? next : old);
            if (reply.leads() && (lastOfLeader == null || reply.term() >= lastOfLeader.term())) {
                lastOfLeader = reply;
            }
            maybeRemember(roles.following());
        } else if (message instanceof Recall question) {
            boolean leads = roles.leadership() != null;
            if (leads) {
                roles.leadership().onRecall(from);
            }
            replica.send(from, new RecallReply(replica.term(), question.nonce(), replica.log.lastIndex(), leads));
        } else {
            replica.counters.ignored++;
        }
    }

    /** What was said first in a term asks for the least. */
    private static boolean isNews(RecallReply old, RecallReply next) {
        return next.term() > old.term() || next.leads() && !old.leads();
    }

    /** More is durable, or an answer came: whether this replica may vote again, in later terms. */
    boolean maybeRemember(Following following) {
        if (!replica.hasForgotten() || following == null || following.leader() == null) {
            return false;
        }
        RecallReply ofLeader = answers.get(following.leader());
        boolean leads = ofLeader != null && ofLeader.leads() && ofLeader.term() == replica.term();
        if (!leads || following.acknowledged() < ofLeader.lastIndex()) {
            return false;
        }
        long latest = latestTerm();
        if (latest < 0) {
            // Who waited as a voter, and votes no more, is not counted on by a later answer.
            boolean has = lastOfLeader.term() == replica.term() && following.acknowledged() >= lastOfLeader.lastIndex();
            uncounted.maybeAsk(has ? lastOfLeader : ofLeader);
            return false;
        }
        remember(latest);
        return true;
    }

    /** An operator goes on with what is here, and has been told what that may lose: else a forced voter would be none. */
    void onForced() {
        if (replica.hasForgotten()) {
            end();
        }
    }

    private void remember(long latest) {
        if (latest > replica.term()) {
            roles.becomeFollower(latest, null, "votes after this term");
        }
        end();
    }

    private void end() {
        timer.cancel();
        answers.clear();
        replica.remember();
        replica.reached(RaftMarks.REMEMBERED);
    }

    /** The latest term that any voter has told; -1 if one has not. */
    private long latestTerm() {
        long latest = replica.term();
        for (NodeId voter : replica.configuration().electorate()) {
            RecallReply answer = answers.get(voter);
            if (answer == null && !voter.equals(replica.self())) {
                return -1;
            }
            latest = answer == null ? latest : Math.max(latest, answer.term());
        }
        return latest;
    }
}
