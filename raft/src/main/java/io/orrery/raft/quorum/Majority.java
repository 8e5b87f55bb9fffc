package io.orrery.raft.quorum;

/** More than half: any two majorities of the same voters share a member. */
public final class Majority {
    private Majority() {}

    /** How many of {@code voters} are a majority; 1 of none, which is never reached. */
    public static int of(int voters) {
        return voters / 2 + 1;
    }
}
