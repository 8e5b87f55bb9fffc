package io.orrery.raft.log;

/** A group's log, to be looked at. */
public interface LogView {
    /** 0 if the log is empty. */
    long lastIndex();

    /** Term of the entry at {@code index}, between 0 and {@link #lastIndex()}; 0 at 0. */
    long term(long index);

    /** The entry at {@code index}, between 1 and {@link #lastIndex()}. */
    Entry entry(long index);

    /** Up to where the log is on stable storage. */
    long durableIndex();

    /** How often a suffix was cut off since the node started. */
    long truncations();
}
