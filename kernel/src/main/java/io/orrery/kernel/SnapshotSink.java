package io.orrery.kernel;

import io.orrery.kernel.codec.Bytes;

/**
 * Takes the pieces of a snapshot for a state machine, little by little. Until {@link #complete} the machine is as it was, and
 * goes on being applied to; a sink that is dropped before has changed nothing.
 *
 * <p>For the node's thread.
 */
public interface SnapshotSink {
    /**
     * The next piece, in the order in which they were written.
     *
     * @throws io.orrery.kernel.codec.DecodeException if it is not a piece of such a state
     */
    void take(Bytes piece);

    /**
     * The last piece was taken: the machine's state is the snapshot's from here on. It takes no longer than it takes to let go
     * of the old state.
     */
    void complete();

    /** Takes all at once, and completes: for small states and tests. */
    default void takeAll(SnapshotReader in) {
        while (in.hasNext()) {
            take(in.next());
        }
        complete();
    }
}
