package io.orrery.gossip.owner;

/** What an {@link OwnerLog} has done and refused since its boot. For the node's thread. */
public final class OwnerLogCounters {
    /** What is counted. */
    public enum Counter {
        BATCHES_SENT,
        OPERATIONS_APPLIED,
        DIGESTS_SENT,
        FETCHES_SENT,
        /** Batches sent once more to a peer that missed them. */
        REPLAYS_SENT,
        CHUNKS_SENT,
        /** Snapshots that a peer of ours made us take because its log did not reach back far enough. */
        SNAPSHOTS_TAKEN,
        /** Owners whose rows were dropped because it is gone. */
        OWNERS_CLEARED,
        /** Digests that disagree with the rows at the same sequence: must stay 0. */
        AUDIT_MISMATCHES,
        /** Rows of a generation that is not their owner's present one, or of a node that is no live member. */
        REFUSED_STALE,
        REFUSED_OTHER_CLUSTER,
        /** Messages that no correct peer sends. */
        REFUSED_NONSENSE
    }

    private final long[] counts = new long[Counter.values().length];

    void count(Counter counter) {
        counts[counter.ordinal()]++;
    }

    void count(Counter counter, long amount) {
        counts[counter.ordinal()] += amount;
    }

    public long of(Counter counter) {
        return counts[counter.ordinal()];
    }
}
