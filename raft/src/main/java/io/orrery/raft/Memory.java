package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import io.orrery.raft.message.MemoryMessage;
import io.orrery.raft.message.Recall;
import io.orrery.raft.message.RecallReply;
import java.util.TreeMap;

/**
 * A replica that may have forgotten: its disk was damaged, and a vote or acknowledged entries may be lost with it. It follows,
 * stores and acknowledges like any other, but neither votes nor campaigns until it cannot contradict what it forgot:
 *
 * <ul>
 *   <li>I1: every other voter has told its term since this replica started. A candidate is in its term before it asks for
 *       votes, so no forgotten vote is of a later term than the latest told. In that one this replica votes no more.
 *   <li>I2: it has again, durably, all that the leader of its term had when it answered. Whatever it acknowledged before is
 *       among it, or was never committed.
 * </ul>
 *
 * <p>What may be forgotten is written down with the hard state, so a restart does not forget it too. Where a majority has
 * forgotten nobody is elected: the group stops, and each replica says what it lost.
 */
final class Memory {
    private final Roles roles;
    private final Replica replica;
    private final Timer timer;
    private final TreeMap<NodeId, RecallReply> answers = new TreeMap<>();
    private long nonce;

    Memory(Roles roles, Replica replica) {
        this.roles = roles;
        this.replica = replica;
        this.timer = replica.kernel.timer("recall", this::ask);
    }

    /** The log is recovered: asks, if something may be lost. */
    void start() {
        if (replica.hasForgotten()) {
            replica.reached(RaftMarks.FORGETFUL_START);
            replica.note("forgot", replica.log.damaged() + " " + replica.wal.damages());
            nonce = replica.kernel.prng().nextLong();
            ask();
        }
    }

    private void ask() {
        for (NodeId voter : replica.configuration().electorate()) {
            if (!voter.equals(replica.self())) {
                replica.send(voter, new Recall(replica.term(), nonce));
            }
        }
        timer.restart(replica.config.timing().electionNanos());
    }

    void onMessage(NodeId from, MemoryMessage message) {
        if (message instanceof RecallReply reply && replica.hasForgotten() && reply.nonce() == nonce) {
            answers.put(from, reply);
            maybeRemember(roles.following());
        } else if (message instanceof Recall question) {
            boolean leads = roles.leadership() != null;
            replica.send(from, new RecallReply(replica.term(), question.nonce(), replica.log.lastIndex(), leads));
        } else {
            replica.counters.ignored++;
        }
    }

    /** More is durable, or an answer came: whether this replica may vote again, in later terms. */
    boolean maybeRemember(Following following) {
        long latest = termToRemember(following);
        if (latest < 0) {
            return false;
        }
        if (latest > replica.term()) {
            roles.becomeFollower(latest, null, "votes after this term");
        }
        timer.cancel();
        answers.clear();
        replica.remember();
        replica.reached(RaftMarks.REMEMBERED);
        return true;
    }

    /**
     * The latest term that any voter has told, if this replica may vote again in later ones; -1 if it may not.
     *
     * @param following null if this replica does not follow
     */
    private long termToRemember(Following following) {
        if (!replica.hasForgotten() || following == null || following.leader() == null) {
            return -1;
        }
        RecallReply ofLeader = answers.get(following.leader());
        boolean hasAll = ofLeader != null
                && ofLeader.leads()
                && ofLeader.term() == replica.term()
                && following.acknowledged() >= ofLeader.lastIndex();
        return hasAll ? latestTerm() : -1;
    }

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
