package io.orrery.raft.log;

/** Takes the records of committed batches in the order in which they were written. */
interface WalReplay {
    /** Whether the entry follows the group's last. */
    boolean onEntry(long group, Entry entry);

    void onHardState(long group, HardState state);

    /** Whether the group has an entry at the index. */
    boolean onTruncate(long group, long fromIndex);
}
