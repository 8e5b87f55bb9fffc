package io.orrery.raft;

import io.orrery.raft.message.RecallReply;
import io.orrery.raft.read.Read;
import io.orrery.raft.read.ReadKind;

/**
 * Shows that a replica has nothing to remember, since the group does not count on its vote: it joins, or had been removed before
 * it lost its disk. So a node that replaces a dead one votes without an answer of the dead one.
 *
 * <ul>
 *   <li>I1: the leader of this replica's term had, when it was asked in this life, a configuration in which this node does not
 *       vote, as the last of its log, and that configuration is committed.
 *   <li>I2: a read by index that began after that answer was confirmed in the same term: so nobody had been elected in a
 *       later term when the leader answered.
 * </ul>
 *
 * <p>Why that suffices. A vote of an earlier life can only help a candidate by whose configuration this node votes. One that lacks
 * the committed configuration is not elected in a later term, for a majority holds what it lacks (leader completeness, section 5.4.3;
 * dissertation, section 4.1). One that has it, and a later one that counts this node again, got that from a leader after
 * the answer: the vote is of this life. Votes in this term and before are taken by {@link Replica#remember}.
 */
final class Uncounted {
    private final Roles roles;
    private final Replica replica;
    private final Runnable done;
    private long askedTerm;

    /**
     * @param done runs when it is shown
     */
    Uncounted(Roles roles, Replica replica, Runnable done) {
        this.roles = roles;
        this.replica = replica;
        this.done = done;
    }

    /**
     * Asks for the proof, if it can be had; once in a term and for each read that fails.
     *
     * @param ofLeader what the leader of this term has said; all that it had is in this log, durably
     */
    void maybeAsk(RecallReply ofLeader) {
        Configurations configurations = replica.configurations;
        Configuration then = configurations.at(ofLeader.lastIndex());
        boolean isCommitted = configurations.indexAt(ofLeader.lastIndex()) <= replica.commitIndex();
        if (then.isEmpty() || then.electorate().contains(replica.self()) || !isCommitted) {
            return;
        }
        if (askedTerm < ofLeader.term()) {
            askedTerm = ofLeader.term();
            roles.reads().read(ReadKind.INDEX, outcome -> onConfirmed(ofLeader.term(), outcome));
        }
    }

    /** I2: a read is confirmed by the leader of the term in which it ends, which is the one that has answered. */
    private void onConfirmed(long term, Read.Outcome outcome) {
        boolean holds = outcome.isRead() && replica.term() == term && roles.following() != null;
        if (holds && replica.hasForgotten()) {
            replica.reached(RaftMarks.NOT_COUNTED_ON);
            done.run();
        } else if (replica.term() == term) {
            askedTerm = 0;
        }
    }
}
