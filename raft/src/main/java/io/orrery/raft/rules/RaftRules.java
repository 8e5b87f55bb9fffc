package io.orrery.raft.rules;

/**
 * The rules of the Raft paper on which its safety rests, one method each, so that a test can break exactly one and see
 * that the checkers notice. Production code always runs {@link #PAPER}; there is no setting that changes it.
 */
public class RaftRules {
    /** The rules as the paper has them. */
    public static final RaftRules PAPER = new RaftRules();

    /** For {@link #PAPER}, and for tests that break a rule. */
    protected RaftRules() {}

    /** Whether a vote is written to stable storage with its term before it is told to anybody (Figure 2). */
    public boolean persistsVotes() {
        return true;
    }

    /** Whether a leader may commit an entry by counting its copies: only one of its own term (section 5.4.2, Figure 8). */
    public boolean commitsByCounting(long entryTerm, long currentTerm) {
        return entryTerm == currentTerm;
    }

    /** Up to where a replica acknowledges its log, and a leader counts its own: what is on stable storage (Figure 2). */
    public long acknowledgeable(long lastIndex, long durableIndex) {
        return durableIndex;
    }

    /** Whether a candidate's log is at least as up to date as the voter's (section 5.4.1). */
    public boolean isUpToDate(long candidateTerm, long candidateIndex, long lastTerm, long lastIndex) {
        return candidateTerm > lastTerm || candidateTerm == lastTerm && candidateIndex >= lastIndex;
    }

    /**
     * Up to where a follower commits on a leader's word: no further than the message has shown its log to match (Figure
     * 2: the index of the last new entry), whatever else its log holds.
     */
    public long followerCommit(long leaderCommit, long matchedIndex, long lastIndex) {
        return Math.min(leaderCommit, matchedIndex);
    }

    /** Whether a follower keeps entries behind those of a message that match: it deletes only on conflict (Figure 2). */
    public boolean keepsMatchingSuffix() {
        return true;
    }
}
