package io.orrery.raft.quorum;

import io.orrery.kernel.Check;

/**
 * How far the logs of a quorum go (section 5.3): the voters' indexes, and the largest that a quorum has reached. Made for one
 * configuration; reckons without allocating.
 */
public final class CommitIndex {
    private final JointQuorum quorum;
    private final long[] acknowledged;
    private final long[] sorted;

    public CommitIndex(JointQuorum quorum) {
        Check.argument(!quorum.voters().isEmpty(), "somebody votes");
        this.quorum = quorum;
        this.acknowledged = new long[quorum.voters().size()];
        this.sorted = new long[quorum.voters().size()];
    }

    /** The voter at this place has acknowledged up to {@code index}; it may have fallen. */
    public void put(int place, long index) {
        acknowledged[place] = index;
    }

    /** The largest index that a majority of each half has acknowledged. */
    public long reached() {
        long reached = reachedBy(quorum.incoming());
        if (quorum.isJoint()) {
            reached = Math.min(reached, reachedBy(quorum.outgoing()));
        }
        return reached;
    }

    /** The largest index that a majority of the incoming voters has acknowledged, whatever the outgoing ones have. */
    public long reachedByIncoming() {
        return reachedBy(quorum.incoming());
    }

    private long reachedBy(long half) {
        int count = 0;
        for (int place = 0; place < acknowledged.length; place++) {
            if ((half >>> place & 1) != 0) {
                sorted[count++] = acknowledged[place];
            }
        }
        return of(sorted, count);
    }

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
