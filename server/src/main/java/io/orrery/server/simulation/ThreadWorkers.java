package io.orrery.server.simulation;

import io.orrery.sim.run.Workers;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Runs seeds on several threads and hands their results over in order; a few results wait for a slow one before them, so
 * memory stays bounded. Counts the processor time that the work took.
 */
public final class ThreadWorkers implements Workers, AutoCloseable {
    private static final int WAITING_PER_THREAD = 16;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ExecutorService executor;
    private final int threadCount;
    private final AtomicLong cpuNanos = new AtomicLong();

    public ThreadWorkers(int threadCount) {
        this.threadCount = threadCount;
        this.executor = Executors.newFixedThreadPool(threadCount, task -> {
            Thread thread = new Thread(task, "orrery-sim");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Processor time of all work so far, without that of the garbage collector and the compiler. */
    public long cpuNanos() {
        return cpuNanos.get();
    }

    @Override
    public <R> void runWhile(long first, long count, LongFunction<R> work, Predicate<R> sink) {
        ArrayDeque<Future<R>> waiting = new ArrayDeque<>();
        boolean wanted = true;
        for (long i = 0; i < count && wanted; i++) {
            if (waiting.size() == threadCount * WAITING_PER_THREAD) {
                wanted = sink.test(result(waiting.poll()));
            }
            long number = first + i;
            waiting.add(executor.submit(() -> timed(work, number)));
        }
        while (!waiting.isEmpty() && wanted) {
            wanted = sink.test(result(waiting.poll()));
        }
        waiting.forEach(unwanted -> unwanted.cancel(false));
    }

    private <R> R timed(LongFunction<R> work, long number) {
        long start = threads.getCurrentThreadCpuTime();
        try {
            return work.apply(number);
        } finally {
            cpuNanos.addAndGet(threads.getCurrentThreadCpuTime() - start);
        }
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while seeds were running", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run threw instead of failing: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
