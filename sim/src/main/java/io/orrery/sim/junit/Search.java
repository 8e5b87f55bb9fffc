package io.orrery.sim.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a batch up to its first seed that fails.
 *
 * <ul>
 *   <li>I1: what is found is the first in the order of the batch, for any number of threads.
 *   <li>I2: seeds number 1, 2, 4, 8 and so on run twice and must take the same steps: chance that the seed does not decide
 *       shows even when nothing fails.
 * </ul>
 */
final class Search {
    /**
     * What was found.
     *
     * @param number of the seed in the batch, from 0
     * @param again the same script run once more; null if it was not
     */
    record Finding(long number, RunOutcome outcome, RunOutcome again) {}

    private final SeedRun runner;
    private final SeedBatch batch;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong aborted = new AtomicLong();
    private final AtomicReference<Finding> first = new AtomicReference<>();
    private final AtomicReference<Throwable> abortion = new AtomicReference<>();

    Search(SeedRun runner, SeedBatch batch) {
        this.runner = runner;
        this.batch = batch;
    }

    /**
     * The first seed that fails or does something else the second time; null if there is none.
     *
     * @param threads at most
     * @throws InterruptedException if the thread was interrupted, as by a time-out of the test
     */
    Finding run(int threads) throws InterruptedException {
        if (threads <= 1 || batch.count() <= 1) {
            work();
        } else {
            workInParallel((int) Math.min(threads, batch.count()));
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted after " + Math.min(next.get(), batch.count()) + " seeds");
        }
        return first.get();
    }

    /** What to throw if an assumption of the test held for no seed; else null. */
    Throwable abortion() {
        return batch.count() > 0 && aborted.get() == batch.count() ? abortion.get() : null;
    }

    private void workInParallel(int threads) throws InterruptedException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "orrery-seeds");
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(this::work));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a run broke its thread", broken.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            long number = next.getAndIncrement();
            Finding known = first.get();
            if (number >= batch.count() || known != null && known.number() < number) {
                return;
            }
            Finding found = look(number);
            if (found != null) {
                first.accumulateAndGet(
                        found, (one, other) -> one == null || other.number() < one.number() ? other : one);
            }
        }
    }

    private Finding look(long number) {
        RunOutcome outcome = runner.run(batch.scripts().apply(number));
        if (outcome.isFailed()) {
            return new Finding(number, outcome, null);
        }
        if (outcome.isAborted()) {
            aborted.incrementAndGet();
            abortion.set(outcome.thrown());
            return null;
        }
        if (Long.bitCount(number + 1) == 1) {
            RunOutcome again = runner.run(outcome.script());
            if (!outcome.isSame(again)) {
                return new Finding(number, outcome, again);
            }
        }
        return null;
    }
}
