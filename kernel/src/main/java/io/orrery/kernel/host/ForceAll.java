package io.orrery.kernel.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes many files and folders durable. Each force waits for the device, and a file system serves those that wait together with
 * one commit: so where there are many, some go at a time.
 */
final class ForceAll {
    private static final int THREADS_MAX = 32;
    private static final int PATHS_EACH = 8;

    private ForceAll() {}

    /**
     * Forces all of them.
     *
     * @throws IOException of the first that fails
     */
    static void force(List<Path> paths) throws IOException {
        int threads = Math.min(THREADS_MAX, paths.size() / PATHS_EACH);
        if (threads <= 1) {
            for (Path path : paths) {
                DataDirectory.force(path);
            }
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "orrery-force");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int part = 0; part < threads; part++) {
                int first = part;
                parts.add(pool.submit(() -> {
                    for (int i = first; i < paths.size(); i += threads) {
                        DataDirectory.force(paths.get(i));
                    }
                    return null;
                }));
            }
            for (Future<?> part : parts) {
                await(part);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void await(Future<?> part) throws IOException {
        try {
            part.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while files were forced", e);
        }
    }
}
