package io.orrery.server.bench.raft;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * The client: keeps so many proposals open, each made on its own, as a caller would.
 *
 * <p>Latency runs from before the proposal to its outcome. A proposal that does not commit ends the run: a benchmark of
 * failures is none.
 */
final class Meter {
    private static final long LATENCY_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

    private final Contender contender;
    private final byte[] payload;
    private final AtomicReference<String> failed = new AtomicReference<>();

    Meter(Contender contender, int payloadBytes) {
        this.contender = contender;
        this.payload = new byte[payloadBytes];
    }

    /** One window of time, with so many proposals open. */
    Sample run(int inFlight, long nanos) throws Exception {
        Recorder latency = new Recorder(LATENCY_NANOS_MAX, 3);
        Semaphore window = new Semaphore(inFlight);
        long syncs = contender.syncs();
        long start = System.nanoTime();
        long end = start + nanos;
        while (System.nanoTime() < end) {
            if (!window.tryAcquire()) {
                contender.await(window, 1);
            }
            propose(window, latency);
        }
        contender.await(window, inFlight);
        if (failed.get() != null) {
            throw new IllegalStateException("a proposal failed: " + failed.get());
        }
        long took = System.nanoTime() - start;
        Histogram histogram = latency.getIntervalHistogram();
        return new Sample(inFlight, took, histogram, syncs < 0 ? -1 : contender.syncs() - syncs);
    }

    private void propose(Semaphore window, Recorder latency) throws Exception {
        long proposed = System.nanoTime();
        contender.propose(payload, failure -> {
            if (failure == null) {
                latency.recordValue(Math.min(LATENCY_NANOS_MAX, System.nanoTime() - proposed));
            } else {
                failed.compareAndSet(null, failure);
            }
            window.release();
        });
        if (failed.get() != null) {
            throw new IllegalStateException("a proposal failed: " + failed.get());
        }
    }
}
