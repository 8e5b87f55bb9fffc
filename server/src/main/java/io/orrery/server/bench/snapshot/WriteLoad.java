package io.orrery.server.bench.snapshot;

import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * A client that keeps so many proposals open at the leader, each submitted on its own, until it is closed. A proposal that does not
 * commit is counted, and the leader looked for anew.
 */
final class WriteLoad implements AutoCloseable {
    private static final int PAYLOAD_BYTES = 128;
    private static final long LATENCY_NANOS_MAX = TimeUnit.MINUTES.toNanos(5);
    private static final long RETRY_MILLIS = 20;

    private final Supplier<SnapshotNode> leader;
    private final Bytes payload = Bytes.wrap(new byte[PAYLOAD_BYTES]);
    private final Recorder latency = new Recorder(LATENCY_NANOS_MAX, 3);
    private final AtomicLong failed = new AtomicLong();
    private final int inFlight;
    private final Semaphore window;
    private final Thread thread;
    private volatile boolean isOver;

    /**
     * @param leader finds it; null while there is none
     */
    WriteLoad(Supplier<SnapshotNode> leader, int inFlight) {
        this.leader = leader;
        this.inFlight = inFlight;
        this.window = new Semaphore(inFlight);
        this.thread = new Thread(this::run, "bench-load");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            SnapshotNode to = null;
            long failedBefore = 0;
            while (!isOver) {
                if (to == null || failedBefore != failed.get()) {
                    failedBefore = failed.get();
                    to = leader.get();
                }
                if (to == null) {
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                } else if (window.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    propose(to);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void propose(SnapshotNode to) {
        long proposed = System.nanoTime();
        boolean isTaken = to.thread()
                .submit(() -> to.group().propose(payload, outcome -> onOutcome(outcome, System.nanoTime() - proposed)));
        if (!isTaken) {
            failed.incrementAndGet();
            window.release();
        }
    }

    private void onOutcome(Proposal.Outcome outcome, long nanos) {
        if (outcome.isCommitted()) {
            latency.recordValue(Math.min(nanos, LATENCY_NANOS_MAX));
        } else {
            failed.incrementAndGet();
        }
        window.release();
    }

    /** Latencies of what was committed since this was last called. */
    Histogram take() {
        return latency.getIntervalHistogram();
    }

    /** Proposals that did not commit, or were not taken. */
    long failed() {
        return failed.get();
    }

    /** Waits for what is open, for a while. */
    @Override
    public void close() throws InterruptedException {
        isOver = true;
        thread.join();
        boolean unused = window.tryAcquire(inFlight, 10, TimeUnit.SECONDS);
    }
}
