package io.orrery.kernel;

/**
 * A state machine's whole state as it was when this source was made, to be written little by little while commands go on being
 * applied. What is written does not depend on what is applied meanwhile, nor on how much is asked for at a time.
 *
 * <p>For the node's thread.
 */
public interface SnapshotSource {
    /**
     * Writes the next pieces: about {@code bytesMax} bytes of them, at least one if any is left. One call takes no longer than
     * those bytes do.
     *
     * @return whether something is left to be written
     */
    boolean writeNext(SnapshotWriter out, int bytesMax);

    /** Lets go of what was kept for this source, written to its end or not; to be called once. */
    void close();

    /** Writes all at once, and closes: for small states and tests. */
    default void drainTo(SnapshotWriter out) {
        boolean isMore = true;
        while (isMore) {
            isMore = writeNext(out, SnapshotWriter.PIECE_BYTES_MAX);
        }
        close();
    }
}
