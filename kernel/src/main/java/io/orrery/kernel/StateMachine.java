package io.orrery.kernel;

import io.orrery.kernel.codec.Bytes;

/**
 * A replicated state machine. It knows nothing of who replicates it, has no clock and no randomness, and gives the same
 * results and the same snapshot on every replica for the same commands.
 */
public interface StateMachine {
    /**
     * Applies one committed command. A command that makes no sense yields a result that says so; it never throws.
     *
     * @param index of the log entry, rising by at least one from call to call
     * @param timestampMillis wall time stamped by the leader when it appended the entry; never falls
     * @return the result for the proposer
     */
    Bytes apply(long index, long timestampMillis, Bytes command);

    /** Writes the whole state, the same bytes on every replica at the same index. */
    void snapshot(SnapshotWriter out);

    /** Replaces the whole state by a snapshot's. */
    void restore(SnapshotReader in);
}
