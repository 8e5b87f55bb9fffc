package io.orrery.kernel;

import io.orrery.kernel.codec.Bytes;

/**
 * A replicated state machine. It knows nothing of who replicates it, has no clock and no randomness, and gives the same
 * results and the same snapshot on every replica for the same commands.
 *
 * <p>Its state may be large: a snapshot is taken and restored in steps, so that no event stalls the node. A machine whose whole
 * state is written in a millisecond or two is a {@link SmallStateMachine}.
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

    /**
     * As {@link #apply(long, long, Bytes)}, of a machine that does not {@link #keepsCommands keep commands}: the command is this
     * part of the array, which is right during the call only. For machines to which an object for each command counts.
     */
    default Bytes apply(long index, long timestampMillis, byte[] array, int offset, int length) {
        return apply(index, timestampMillis, Bytes.wrap(array, offset, length));
    }

    /**
     * Whether a command, or a slice of one, may be needed after {@link #apply} has returned. The memory of commands that nobody
     * keeps is used again.
     */
    default boolean keepsCommands() {
        return true;
    }

    /**
     * The whole state as it is now: the same pieces on every replica at the same index. At most one source is open at a time;
     * opening one copies no state. {@link io.orrery.kernel.snapshot.SnapshotMap} is a map that can do that.
     */
    SnapshotSource snapshot();

    /** What takes a snapshot that is to replace the whole state. */
    SnapshotSink restore();
}
