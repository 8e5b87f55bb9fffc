package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.message.PreVoteReply;
import io.orrery.raft.message.RequestPreVote;
import io.orrery.raft.message.RequestVote;
import io.orrery.raft.message.VoteReply;

/** When this replica refuses its vote, and why. */
final class Voter {
    private static final String FORGOT = "this replica may have voted, and does not know";

    private final Replica replica;

    Voter(Replica replica) {
        this.replica = replica;
    }

    /**
     * Answers at once: a pre-vote promises nothing, so nothing needs to be durable.
     *
     * @return whether it is refused for its log, which ends before this replica's
     */
    boolean maybeRefuseLog(NodeId candidate, RequestPreVote request, boolean leaderLives) {
        String objection = objectionTo(request, leaderLives);
        String objectionToLog = objection == null ? objectionToLog(request.lastTerm(), request.lastIndex()) : null;
        if (objection == null && objectionToLog == null) {
            replica.onPreVoteGranted(request.lastIndex(), request.lastTerm());
            replica.send(candidate, new PreVoteReply(request.term(), true));
        } else {
            String why = objection == null ? objectionToLog : objection;
            replica.note("refuse-pre-vote", candidate + " term=" + request.term() + ": " + why);
            replica.send(candidate, new PreVoteReply(replica.term(), false));
        }
        return objectionToLog != null;
    }

    /** Whether a leader that this voter heard, in whatever term or incarnation, may hold a lease. */
    boolean mayOweLease() {
        boolean forbids = replica.voteGuard.forbids(replica.kernel.nowNanos());
        if (forbids) {
            replica.reached(RaftMarks.VOTE_REJECTED_LEASE);
        }
        return forbids;
    }

    /** Dissertation, sections 4.2.3 and 9.6: no election while there is a leader, and none that could not be won. */
    private String objectionTo(RequestPreVote request, boolean leaderLives) {
        if (leaderLives) {
            replica.reached(RaftMarks.PREVOTE_REJECTED_STICKINESS);
            return "there is a leader";
        }
        if (replica.hasForgotten()) {
            return FORGOT;
        }
        return request.term() <= replica.term() ? "the term is " + replica.term() : null;
    }

    /**
     * Gives the candidate this replica's vote, or tells it that it does not. The vote is told when it is durable. To be
     * called when this replica has entered the request's term, if it will.
     */
    boolean maybeGrant(NodeId candidate, RequestVote request) {
        String objection = objectionTo(request, candidate);
        if (objection != null) {
            replica.note("refuse-vote", candidate + " term=" + request.term() + ": " + objection);
            replica.send(candidate, new VoteReply(replica.term(), false));
            return false;
        }
        if (replica.vote() == null) {
            replica.save(replica.term(), candidate);
            replica.note("vote", "for=" + candidate + " term=" + replica.term());
        }
        return true;
    }

    /** Section 5.2: one vote in a term. Section 5.4.1: none for a log that is behind. */
    private String objectionTo(RequestVote request, NodeId candidate) {
        if (request.term() < replica.term()) {
            return "the term is " + replica.term();
        }
        if (replica.hasForgotten()) {
            replica.reached(RaftMarks.VOTE_REJECTED_FORGOT);
            return FORGOT;
        }
        boolean guarded = !request.transfer() && replica.voteGuard.forbids(replica.kernel.nowNanos());
        if (request.term() > replica.term() || guarded) {
            replica.reached(RaftMarks.VOTE_REJECTED_STICKINESS);
            return "there is a leader, or was just now";
        }
        if (replica.vote() != null && !replica.vote().equals(candidate)) {
            replica.reached(RaftMarks.VOTE_REJECTED_TAKEN);
            return "the vote is " + replica.vote() + "'s";
        }
        return objectionToLog(request.lastTerm(), request.lastIndex());
    }

    private String objectionToLog(long lastTerm, long lastIndex) {
        RaftLog log = replica.log;
        if (replica.rules.isUpToDate(lastTerm, lastIndex, log.lastTerm(), log.lastIndex())) {
            return null;
        }
        replica.reached(RaftMarks.VOTE_REJECTED_LOG);
        return "its log ends at " + lastIndex + " of term " + lastTerm + ", this one at " + log.lastIndex()
                + " of term " + log.lastTerm();
    }
}
