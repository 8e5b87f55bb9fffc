package io.orrery.raft.quorum;

import io.orrery.kernel.Check;

/** How far a majority's logs go (section 5.3). */
public final class CommitIndex {
    private CommitIndex() {}

    /**
     * The largest index that a majority of the voters has acknowledged.
     *
     * @param acknowledged the voters' indexes in its first {@code voters} places, in any order; sorted by the call
     */
    public static long of(long[] acknowledged, int voters) {
        Check.that(voters > 0 && voters <= acknowledged.length, "some voters acknowledge", voters, acknowledged.length);
        for (int i = 1; i < voters; i++) {
            long moving = acknowledged[i];
            int hole = i;
            while (hole > 0 && acknowledged[hole - 1] > moving) {
                acknowledged[hole] = acknowledged[hole - 1];
                hole--;
            }
            acknowledged[hole] = moving;
        }
        return acknowledged[voters - Majority.of(voters)];
    }
}
