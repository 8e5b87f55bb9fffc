package io.orrery.gossip.registry;

/** What a replica of the registry has done and refused since its boot. For the node's thread. */
public final class RegistryCounters {
    /** What is counted. */
    public enum Counter {
        WRITES,
        /** Own writes that were refused: too many cells, or too many waiting for the disk. */
        WRITES_REFUSED,
        /** Own writes that could not be made durable when they should have been. */
        WRITES_UNSAVED,
        DIGESTS_SENT,
        /** Digests that went before their time, because something was lost. */
        DIGESTS_HASTENED,
        /** Digests that said that the peer holds what this node holds. */
        DIGESTS_EQUAL,
        FRESH_SENT,
        PULLS_BEGUN,
        PULLS_ENDED,
        /** Pulls given up: the peer was started anew, or is gone, or has nothing to say. */
        PULLS_DROPPED,
        SLICES_SENT,
        CELLS_SENT,
        /** Cells taken that changed something. */
        CELLS_TAKEN,
        /** Pulls in which a peer told all, because this node had missed what the peer had collected. */
        RESETS,
        /** Cells dropped in them: deletes that this node had missed. */
        RESET_DROPS,
        TOMBSTONES_COLLECTED,
        SESSIONS_COLLECTED,
        ORIGINS_RETIRED,
        /** Cells written anew because the life that wrote them is over. */
        CELLS_REHOMED,
        /** Cells of strangers, written anew because nobody can tell whether they were deleted here. */
        CELLS_ADOPTED,
        /** Stamps of peers too far ahead of this node's wall clock. */
        STAMPS_CLAMPED,
        /** Equal sets seen with different live cells: must stay 0. */
        AUDIT_MISMATCHES,
        /** What peers sent and did not fit. */
        REFUSED_FULL,
        REFUSED_OTHER_CLUSTER,
        /** Messages of a node that is no live member, or answers to questions that are no longer asked. */
        REFUSED_STALE,
        /** Messages that no correct peer sends. */
        REFUSED_NONSENSE,
        /** Frames that say what cannot be (FrameRules): their sender is wrong, or this node. Must stay 0. */
        REFUSED_CONTRADICTION,
        SNAPSHOTS_WRITTEN,
        /** Operations of the disk that failed and are tried again. */
        STORAGE_RETRIES,
        /** Files, or ends of files, that could not be read back. */
        FILES_DAMAGED
    }

    private final long[] counts = new long[Counter.values().length];

    public void count(Counter counter) {
        counts[counter.ordinal()]++;
    }

    public void count(Counter counter, long amount) {
        counts[counter.ordinal()] += amount;
    }

    public void countIf(boolean holds, Counter counter) {
        counts[counter.ordinal()] += holds ? 1 : 0;
    }

    public long of(Counter counter) {
        return counts[counter.ordinal()];
    }
}
