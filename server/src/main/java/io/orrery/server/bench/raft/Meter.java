package io.orrery.server.bench.raft;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/**
 * The client: keeps so many proposals open, each made on its own, as a caller would.
 *
 * <p>Latency runs from before the proposal to its outcome. A proposal that does not commit ends the run: a benchmark of
 * failures is none. The client itself allocates nothing while it is measured, so that what a window allocates is the system's.
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
        Window window = new Window(inFlight);
        Expense expense = Expense.soFar();
        long syncs = contender.syncs();
        long start = System.nanoTime();
        long end = start + nanos;
        long now = start;
        while (now < end) {
            if (!window.permits.tryAcquire()) {
                contender.await(window.permits, 1);
                now = System.nanoTime();
            }
            window.next(now);
            now = System.nanoTime();
        }
        contender.await(window.permits, inFlight);
        failOnFailure();
        long took = System.nanoTime() - start;
        Expense spent = Expense.soFar().since(expense);
        return new Sample(inFlight, took, window.end(), syncs < 0 ? -1 : contender.syncs() - syncs, spent);
    }

    private void failOnFailure() {
        if (failed.get() != null) {
            throw new IllegalStateException("a proposal failed: " + failed.get());
        }
    }

    /** The proposals of one window: as many objects as may be open, used again and again. */
    private final class Window {
        private final Semaphore permits;
        private final Ring<Open> ended;
        private final Histogram latencyNanos = new Histogram(LATENCY_NANOS_MAX, 3);
        private final int inFlight;

        Window(int inFlight) {
            this.inFlight = inFlight;
            permits = new Semaphore(inFlight);
            ended = new Ring<>(inFlight);
            for (int i = 0; i < inFlight; i++) {
                ended.give(new Open(this));
            }
        }

        void next(long now) throws Exception {
            Open next = ended.take();
            note(next);
            next.proposedNanos = now;
            contender.propose(payload, next);
            failOnFailure();
        }

        private void note(Open open) {
            if (open.tookNanos >= 0) {
                latencyNanos.recordValue(Math.min(LATENCY_NANOS_MAX, open.tookNanos));
            }
        }

        Histogram end() {
            for (int i = 0; i < inFlight; i++) {
                note(ended.take());
            }
            return latencyNanos;
        }
    }

    /** One proposal that is open, or was and has ended. */
    private final class Open implements Contender.Outcome {
        private final Window window;
        private long proposedNanos;
        /** Negative before the first has ended. */
        private long tookNanos = -1;

        Open(Window window) {
            this.window = window;
        }

        @Override
        public void onEnd(String failure) {
            if (failure == null) {
                tookNanos = System.nanoTime() - proposedNanos;
            } else {
                failed.compareAndSet(null, failure);
            }
            window.ended.give(this);
            window.permits.release();
        }
    }
}
