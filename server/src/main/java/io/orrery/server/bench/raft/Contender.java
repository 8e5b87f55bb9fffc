package io.orrery.server.bench.raft;

import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A Raft of three nodes in this process, as its client sees it.
 *
 * <p>One thread, the client's, calls {@link #start}, {@link #propose}, {@link #await} and {@link #close}; outcomes may come on
 * any thread.
 */
public interface Contender extends AutoCloseable {
    /** Hears once how a proposal ended. */
    interface Outcome {
        /**
         * @param failure null if it was committed and applied, else why not
         */
        void onEnd(String failure);
    }

    /** Seconds without a single outcome after which a run is given up. */
    int PATIENCE_SECONDS = 20;

    /**
     * Starts the nodes, and returns when one of them leads.
     *
     * @param directory empty; for the nodes' files
     * @param synced whether a commit must be on the disks of a majority
     */
    void start(Path directory, boolean synced) throws Exception;

    /** Proposes one command; called by one thread, with a window's worth open at most. */
    void propose(byte[] payload, Outcome outcome) throws Exception;

    /** Waits for permits of the window. A client that polls for its answers does so here. */
    default void await(Semaphore window, int permits) throws Exception {
        if (!window.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no outcome for " + PATIENCE_SECONDS + " s");
        }
    }

    /** Syncs of the leader's disk so far; negative if it cannot tell. */
    default long syncs() {
        return -1;
    }

    @Override
    void close() throws Exception;
}
