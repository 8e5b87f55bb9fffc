package io.orrery.raft.quorum;

import io.orrery.kernel.NodeId;
import java.util.Collections;
import java.util.List;

/** Counts the answers to one round of votes (section 5.2). A voter's first answer counts, whatever it repeats. */
public final class VoteTally {
    /** How a round stands. */
    public enum Result {
        PENDING,
        /** A majority has granted. */
        WON,
        /** A majority can no longer be reached. */
        LOST
    }

    private final List<NodeId> voters;
    private final boolean[] answered;
    private int granted;
    private int refused;

    /**
     * @param voters sorted
     */
    public VoteTally(List<NodeId> voters) {
        this.voters = voters;
        this.answered = new boolean[voters.size()];
    }

    /** Notes an answer; false if the node does not vote or has answered. */
    public boolean record(NodeId voter, boolean grants) {
        int at = Collections.binarySearch(voters, voter);
        if (at < 0 || answered[at]) {
            return false;
        }
        answered[at] = true;
        if (grants) {
            granted++;
        } else {
            refused++;
        }
        return true;
    }

    public Result result() {
        int majority = Majority.of(voters.size());
        if (granted >= majority) {
            return Result.WON;
        }
        return voters.size() - refused < majority ? Result.LOST : Result.PENDING;
    }

    public int granted() {
        return granted;
    }

    public int refused() {
        return refused;
    }

    /** For people: granted, refused, voters. */
    @Override
    public String toString() {
        return granted + " granted, " + refused + " refused, of " + voters.size();
    }
}
