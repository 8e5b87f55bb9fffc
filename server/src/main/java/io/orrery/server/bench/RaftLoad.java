package io.orrery.server.bench;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftGroup;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A client thread beside the leader that keeps so many proposals open, each submitted on its own, as a caller would.
 *
 * <p>Latency runs from before the submit to the outcome; a proposal that does not commit ends the run, as a benchmark
 * of failures is none.
 */
final class RaftLoad {
    private static final long PATIENCE_SECONDS = 20;

    private final NodeThread leader;
    private final RaftGroup group;
    private final int inFlight;
    private final Bytes payload;
    private final Semaphore window;
    private volatile Proposal.Outcome failed;
    /** Written by the node's thread alone. */
    private volatile long committed;

    RaftLoad(NodeThread leader, RaftGroup group, int inFlight, int payloadBytes) {
        this.leader = leader;
        this.group = group;
        this.inFlight = inFlight;
        this.payload = Bytes.wrap(new byte[payloadBytes]);
        this.window = new Semaphore(inFlight);
    }

    /** One round of so many nanoseconds; commits a second. */
    double run(long nanos, Histogram latencyNanos) throws InterruptedException {
        long before = committed;
        long start = System.nanoTime();
        long end = start + nanos;
        while (System.nanoTime() < end) {
            if (!window.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no commit for " + PATIENCE_SECONDS + " s");
            }
            if (failed != null) {
                throw new IllegalStateException("a proposal ended " + failed.status());
            }
            propose(latencyNanos);
        }
        if (!window.tryAcquire(inFlight, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the last proposals did not end");
        }
        window.release(inFlight);
        return (committed - before) * 1e9 / (System.nanoTime() - start);
    }

    private void propose(Histogram latencyNanos) {
        long proposed = System.nanoTime();
        boolean taken = leader.submit(() -> group.propose(payload, outcome -> {
            if (outcome.isCommitted()) {
                latencyNanos.recordValue(System.nanoTime() - proposed);
                committed = committed + 1;
            } else {
                failed = outcome;
            }
            window.release();
        }));
        if (!taken) {
            window.release();
            Thread.onSpinWait();
        }
    }
}
