package io.orrery.raft.quorum;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;

/**
 * Counts the answers to one round of votes (section 5.2), of both halves of a joint configuration. A voter's first answer
 * counts, whatever it repeats.
 */
public final class VoteTally {
    /** How a round stands. */
    public enum Result {
        PENDING,
        /** A quorum has granted. */
        WON,
        /** No quorum can be reached any more. */
        LOST
    }

    private final JointQuorum quorum;
    private long granted;
    private long refused;

    public VoteTally(JointQuorum quorum) {
        this.quorum = quorum;
    }

    /** Notes an answer; false if the node does not vote or has answered. */
    public boolean record(NodeId voter, boolean grants) {
        int place = quorum.place(voter);
        if (place < 0 || isIn(granted | refused, place)) {
            return false;
        }
        if (grants) {
            granted |= 1L << place;
        } else {
            refused |= 1L << place;
        }
        Check.that((granted & refused) == 0, "a voter answers once", granted, refused);
        return true;
    }

    private static boolean isIn(long set, int place) {
        return (set >>> place & 1) != 0;
    }

    public Result result() {
        if (quorum.isQuorum(granted)) {
            return Result.WON;
        }
        return quorum.isQuorum(quorum.all() & ~refused) ? Result.PENDING : Result.LOST;
    }

    /** Whether the voter has granted. */
    public boolean hasGranted(NodeId voter) {
        int place = quorum.place(voter);
        return place >= 0 && isIn(granted, place);
    }

    /** Whether those who answered at all, one way or the other, are a quorum. */
    public boolean isAnsweredByQuorum() {
        return quorum.isQuorum(granted | refused);
    }

    public int granted() {
        return Long.bitCount(granted);
    }

    public int refused() {
        return Long.bitCount(refused);
    }

    /** For people: granted, refused, voters. */
    @Override
    public String toString() {
        return granted() + " granted, " + refused() + " refused, of " + quorum;
    }
}
