package io.orrery.raft.log;

/** A group's log, to be looked at. */
public interface LogView {
    /** {@link #snapshotIndex()} if the log holds no entry. */
    long lastIndex();

    /** The index behind the last one that is compacted: where entries begin, if there are any. */
    default long firstIndex() {
        return snapshotIndex() + 1;
    }

    /** Up to where the log is compacted: a snapshot stands for all entries up to here. 0 at first. */
    long snapshotIndex();

    /** The term of the last entry that was compacted. 0 at first. */
    long snapshotTerm();

    /** Term of the entry at {@code index}, between {@link #snapshotIndex()} and {@link #lastIndex()}. */
    long term(long index);

    /** The entry at {@code index}, between {@link #firstIndex()} and {@link #lastIndex()}. */
    Entry entry(long index);

    /** Up to where the log is on stable storage. */
    long durableIndex();

    /** The hard state that a crash now would leave. */
    HardState durableHardState();

    /** How often a suffix was cut off, or the log replaced by a snapshot, since the node started. */
    long truncations();
}
