package io.orrery.gossip.owner;

/** What an {@link OwnerLog} has done and refused since its boot. For the node's thread. */
public final class OwnerLogCounters {
    /** What is counted. */
    public enum Counter {
        BATCHES_SENT,
        OPERATIONS_APPLIED,
        DIGESTS_SENT,
        /** Hashes of all digests, sent in their place. */
        SUMMARIES_SENT,
        /** Digests, or their hashes, that went before their time, because something was lost. */
        DIGESTS_HASTENED,
        /** Owners on which a peer's digest was ours, too. */
        DIGESTS_EQUAL,
        /** Owners on which it was not: one of the two is behind. */
        DIGESTS_UNEQUAL,
        FETCHES_SENT,
        /** Batches sent once more to a peer that missed them. */
        REPLAYS_SENT,
        CHUNKS_SENT,
        /** Snapshots that a peer of ours made us take because its log did not reach back far enough. */
        SNAPSHOTS_TAKEN,
        /** Snapshots that were complete and not what their sender said to have: must stay 0. */
        SNAPSHOTS_REFUSED,
        /** Times that this node found itself behind in rows that it held: something was lost on the way. 0 without loss. */
        REPAIRS,
        /** Repairs asked of another peer than the owner, which is suspected or silent. */
        RELAYS_ASKED,
        /** Questions for others' rows that were answered. */
        RELAYS_SERVED,
        /** Questions for others' rows that this node does not hold so far. */
        RELAYS_REFUSED,
        /** Peers said to be ahead whose word was not kept, because there were too many. */
        LEADS_DROPPED,
        /** Owners whose rows were dropped because it is gone. */
        OWNERS_CLEARED,
        /** Owners whose rows were set aside because it is taken for dead. */
        OWNERS_SET_ASIDE,
        /** Owners whose rows were in sight again because it lives on. */
        OWNERS_RESTORED,
        /** Digests compared with the rows at the same sequence. */
        AUDITS,
        /** Digests that disagree with the rows at the same sequence: must stay 0. */
        AUDIT_MISMATCHES,
        /** Rows of a generation that is not their owner's present one, or of a node that is no live member. */
        REFUSED_STALE,
        REFUSED_OTHER_CLUSTER,
        /** Rows of another node from a peer that was not asked for them, or not in time. */
        REFUSED_UNASKED,
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

    void countIf(boolean holds, Counter counter) {
        counts[counter.ordinal()] += holds ? 1 : 0;
    }

    public long of(Counter counter) {
        return counts[counter.ordinal()];
    }
}
