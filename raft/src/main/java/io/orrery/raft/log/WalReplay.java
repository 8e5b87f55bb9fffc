package io.orrery.raft.log;

/** Takes the records of committed batches in the order in which they were written. */
interface WalReplay {
    /** What follows lies in this segment. */
    void onSegment(long number);

    /** A batch was intact, and is replayed. */
    default void onBatch(long endOffset, int records) {}

    /** Something between what came before and what follows is lost. */
    void onGap();

    /** Segments before this one are not needed. */
    void onRelease(long firstNeeded);

    /**
     * Whether the entry may be in the group's log.
     *
     * @param inOrder whether it must follow the last: entries of logs that release no segments do
     */
    boolean onEntry(long group, Entry entry, boolean inOrder);

    void onHardState(long group, HardState state);

    /**
     * Whether the group's log can be cut off there.
     *
     * @param inOrder whether it must have an entry at the index
     */
    boolean onTruncate(long group, long fromIndex, boolean inOrder);

    /** Whether the group's log may begin behind this entry. */
    boolean onCompact(long group, long index, long term);

    /** Whether the group's log may begin anew behind this index. */
    boolean onRestart(long group, long index, long term);

    /** Whether this number follows that of the group's record before, where that is known. */
    boolean onNumber(long group, int number);
}
