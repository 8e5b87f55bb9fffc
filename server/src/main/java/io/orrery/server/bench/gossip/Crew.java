package io.orrery.server.bench.gossip;

import io.orrery.kernel.Check;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Measures rows on a few threads at once. Each is a world of its own, drawn from the seed and its own name, so that the figures
 * do not depend on how many threads there are; rows come in the order in which they were asked for.
 *
 * <p>For the thread that made it.
 */
final class Crew implements AutoCloseable {
    private final ExecutorService threads;
    private final ArrayDeque<Runnable> pending = new ArrayDeque<>();

    Crew(int threadCount) {
        Check.argument(threadCount >= 1, "somebody measures", threadCount);
        threads = Executors.newFixedThreadPool(threadCount, task -> {
            Thread thread = new Thread(task, "bench-gossip");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Asks for a row.
     *
     * @param into where it goes when {@link #await} is called
     * @param say hears of it then
     */
    <T> void ask(Supplier<T> measurement, List<T> into, Consumer<T> say) {
        CompletableFuture<T> row = CompletableFuture.supplyAsync(measurement, threads);
        pending.add(() -> {
            T measured = row.join();
            into.add(measured);
            say.accept(measured);
        });
    }

    /** Waits for all rows that were asked for. */
    void await() {
        try {
            while (!pending.isEmpty()) {
                pending.remove().run();
            }
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** What nobody waits for any more is given up. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
