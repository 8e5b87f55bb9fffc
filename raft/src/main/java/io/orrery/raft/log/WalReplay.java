package io.orrery.raft.log;

/** Takes the records of committed batches in the order in which they were written. */
interface WalReplay {
    /** Whether the entry follows the group's last. */
    boolean onEntry(long group, Entry entry);

    void onHardState(long group, HardState state);

    /** Whether the group has an entry at the index. */
    boolean onTruncate(long group, long fromIndex);

    /** Whether the group's log may begin behind this entry. */
    boolean onCompact(long group, long index, long term);

    /** Whether the group's log may begin anew behind this index. */
    boolean onRestart(long group, long index, long term);

    /** Whether this number follows that of the group's record before, where that is known. */
    boolean onNumber(long group, int number);
}
