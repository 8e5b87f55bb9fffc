package io.orrery.raft;

/** What a replica is in its term; see Figure 4 of the Raft paper, and section 9.6 of the dissertation for pre-votes. */
public enum Role {
    /** Answers others; becomes a pre-candidate when it hears of no leader for an election timeout. */
    FOLLOWER,
    /** Asks whether an election would succeed, without raising its term. */
    PRE_CANDIDATE,
    /** Has raised its term, voted for itself, and asks for votes. */
    CANDIDATE,
    /** Takes proposals and replicates them. */
    LEADER
}
