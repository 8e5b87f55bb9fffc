package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.message.TimeoutNow;

/**
 * How a leader hands over (dissertation, section 3.10): it takes no more commands, waits until its successor has its log and all of
 * it is committed, and asks it to campaign. Proposals that come meanwhile are held; when the leader is deposed, they are
 * answered as NOT_LEADER with the successor as the hint, and nothing happened to them.
 *
 * <ul>
 *   <li>I1: one at a time, and for at most an election timeout; then the leader goes on.
 *   <li>I2: the successor is asked once, and only while it is a voter.
 * </ul>
 */
final class Transfer {
    /** A voter leads better if its priority is higher by at least this. */
    static final int CLEARLY = 10;

    /** Election timeouts for which a leader leads before it yields, and before its second attempt. */
    private static final int PATIENCE = 5;

    /** Each further attempt waits twice as long as the one before, up to so many times: some cannot take over. */
    private static final int PATIENCE_DOUBLED_MAX = 6;

    private final Replica replica;
    private final Leadership leadership;
    private NodeId to;
    private long untilNanos;
    private boolean isUrgent;
    private boolean isAsked;
    private long nextYieldNanos;
    private int yields;
    private String failure = "";

    Transfer(Replica replica, Leadership leadership) {
        this.replica = replica;
        this.leadership = leadership;
        this.nextYieldNanos = patience();
    }

    private long patience() {
        long least = PATIENCE * replica.config.timing().electionNanos();
        return replica.kernel.nowNanos() + (least << Math.min(yields, PATIENCE_DOUBLED_MAX));
    }

    /**
     * Begins.
     *
     * @param urgent whether this leader steps down in any case, so that it does not wait for its entries to be committed
     */
    boolean maybeStart(NodeId successor, boolean urgent) {
        boolean isOther = replica.configuration().isVoter(successor) && !successor.equals(replica.self());
        if (!isOther || isUnderWay()) {
            return false;
        }
        Check.that(to == null || !isUnderWay(), "I1: one at a time");
        to = successor;
        untilNanos = replica.kernel.nowNanos() + replica.config.timing().electionNanos();
        isUrgent = urgent;
        isAsked = false;
        failure = "";
        replica.note("begin-transfer", "to=" + to + " last=" + replica.log.lastIndex());
        return true;
    }

    /** This leader was removed, and steps down next: asks the fittest of the others to campaign, if that has all entries. */
    void leave() {
        Peer fittest = leadership.bestSuccessor();
        boolean unused = fittest != null && maybeStart(fittest.node, true);
        advance();
        if (successor() != null) {
            replica.reached(MembershipMarks.REMOVED_LEADER_HANDED_OVER);
        }
    }

    /** Whether commands wait for its end. */
    boolean isUnderWay() {
        return to != null && replica.kernel.nowNanos() < untilNanos;
    }

    /** Whether there is one, under way or to be given up. */
    boolean isBegun() {
        return to != null;
    }

    /** To whom leadership is handed, asked to campaign or not yet; null for nobody. */
    NodeId target() {
        return to;
    }

    /** Why the last one came to nothing, for people; empty if none did since one began. */
    String failure() {
        return failure;
    }

    /** Who was asked to campaign; null for nobody. */
    NodeId successor() {
        return isAsked ? to : null;
    }

    /** Asks the successor when it may campaign, or gives up; to be called now and then, and whenever somebody answers. */
    void advance() {
        if (to == null) {
            return;
        }
        if (!isUnderWay() || !replica.configuration().isVoter(to)) {
            replica.reached(RaftMarks.TRANSFER_EXPIRED);
            replica.note("transfer-expired", "to=" + to + reason());
            failure = failureOf(to);
            to = null;
            isAsked = false;
            replica.proposals().resume();
        } else if (!isAsked && isReady()) {
            replica.reached(RaftMarks.TRANSFERRED);
            replica.note("hand-over", "to=" + to + " term=" + replica.term());
            Check.that(replica.configuration().isVoter(to), "I2: a voter is handed leadership");
            leadership.reads.lease.giveUp();
            replica.counters.handovers++;
            isAsked = true;
            if (!replica.send(to, new TimeoutNow(replica.term()))) {
                leadership.peer(to).isUnreachable = true;
                untilNanos = replica.kernel.nowNanos();
            }
        }
    }

    private String reason() {
        if (!replica.configuration().isVoter(to)) {
            return " it is no voter any more";
        }
        return isAsked ? " it was asked" : " it lacked entries";
    }

    private String failureOf(NodeId node) {
        if (!replica.configuration().isVoter(node)) {
            return node + " is no voter any more";
        }
        if (isAsked) {
            return node + " was asked to take over, and was not elected in time";
        }
        long last = replica.log.lastIndex();
        long lacking = last - leadership.matchIndex(node);
        return lacking > 0
                ? node + " is behind by " + lacking + " of " + last + " entries, and did not catch up in time"
                : "not all entries were committed in time";
    }

    /** The successor has all entries, and of none the end is open. */
    private boolean isReady() {
        long last = replica.log.lastIndex();
        Peer peer = leadership.peer(to);
        return peer != null && peer.progress.match() == last && (isUrgent || replica.commitIndex() == last);
    }

    /** Now and then: begins to hand over to a voter with a clearly higher priority that has all that is committed. */
    boolean maybeYield() {
        if (replica.kernel.nowNanos() < nextYieldNanos || isUnderWay() || !leadership.isSettled()) {
            return false;
        }
        Peer best = leadership.bestSuccessor();
        int own = replica.config.priority();
        if (best == null || best.priority < own + CLEARLY || best.progress.match() < replica.commitIndex()) {
            return false;
        }
        nextYieldNanos = patience();
        yields++;
        replica.reached(MembershipMarks.YIELDED_TO_PRIORITY);
        replica.note("yield", best.node + " has priority " + best.priority + ", this leader " + own);
        return maybeStart(best.node, false);
    }
}
