package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.raft.message.RaftMessage;
import io.orrery.raft.message.RequestPreVote;
import io.orrery.raft.message.RequestVote;
import io.orrery.raft.quorum.VoteTally;

/** One round of asking for pre-votes or votes (section 5.2; dissertation, section 9.6): what a candidate knows. */
final class Campaign {
    private final Replica replica;
    private final long term;
    private final boolean transfer;
    private final VoteTally tally;
    private boolean asked;

    /**
     * @param term that is campaigned for
     * @param transfer whether the leader asked for this
     */
    Campaign(Replica replica, long term, boolean transfer) {
        this.replica = replica;
        this.term = term;
        this.transfer = transfer;
        this.tally = new VoteTally(replica.configuration().quorum());
        if (transfer) {
            replica.reached(RaftMarks.TRANSFER_CAMPAIGN);
        }
    }

    long term() {
        return term;
    }

    /** Whether the others were asked: for votes, that waits for the candidate's own disk. */
    boolean hasAsked() {
        return asked;
    }

    /** Whether the candidate's own vote is not durable yet, so that nobody was asked though its time is up. */
    boolean maybeWaitForDisk() {
        if (!asked) {
            replica.reached(RaftMarks.CAMPAIGN_WAITED_FOR_DISK);
            replica.note("wait-for-disk", toString());
        }
        return !asked;
    }

    void askForPreVotes() {
        ask(new RequestPreVote(term, replica.log.lastIndex(), replica.log.lastTerm()));
    }

    void askForVotes() {
        ask(new RequestVote(term, replica.log.lastIndex(), replica.log.lastTerm(), transfer));
    }

    private void ask(RaftMessage request) {
        asked = true;
        tally.record(replica.self(), true);
        for (NodeId voter : replica.configuration().electorate()) {
            if (!voter.equals(replica.self())) {
                replica.send(voter, request);
            }
        }
    }

    VoteTally.Result onAnswer(NodeId from, boolean granted) {
        tally.record(from, granted);
        if (tally.result() == VoteTally.Result.LOST) {
            replica.reached(term > replica.term() ? RaftMarks.PREVOTE_LOST : RaftMarks.VOTE_LOST);
        }
        return tally.result();
    }

    VoteTally.Result result() {
        return tally.result();
    }

    @Override
    public String toString() {
        return "term=" + term + " " + tally;
    }
}
