package io.orrery.server.mutant;

import io.orrery.server.simulation.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Hunts many mutants, at most {@link #SIDE_BY_SIDE} at a time, each in JVMs of its own.
 *
 * <p>What a search finds depends on its seeds alone; how many run side by side changes only how long it takes.
 */
public final class MutantSweep implements AutoCloseable {
    /** JVMs that run at once. */
    public static final int SIDE_BY_SIDE = 2;

    private static final long END_SECONDS = 5;

    private final MutantCompiler compiler;
    private final MutantHunt hunt;
    private final long firstSeed;
    private final int restarts;
    private final ExecutorService executor;
    private final Path folder;

    /**
     * @param firstSeed of the first restart; each further one begins where the seeds of the one before it end
     * @param restarts searches for each mutant, at least 1
     */
    public MutantSweep(MutantCompiler compiler, MutantHunt hunt, long firstSeed, int restarts, int sideBySide) {
        this.compiler = compiler;
        this.hunt = hunt;
        this.firstSeed = firstSeed;
        this.restarts = restarts;
        this.executor = Executors.newFixedThreadPool(sideBySide, task -> {
            Thread thread = new Thread(task, "orrery-mutant");
            thread.setDaemon(true);
            return thread;
        });
        try {
            this.folder = Files.createTempDirectory("orrery-mutants");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for the mutants' classes", e);
        }
    }

    /**
     * Hunts all of them.
     *
     * @param progress hears of each result as it comes, in any order, on the caller's thread
     * @return in the order of the mutants, and of the strategies for each; if the thread is interrupted meanwhile, only
     *     what had come by then
     * @throws MutantException if one does not fit the sources
     */
    public List<MutantResult> run(List<Mutant> mutants, List<Strategy> strategies, Consumer<MutantResult> progress) {
        ExecutorCompletionService<MutantResult> ended = new ExecutorCompletionService<>(executor);
        List<Future<MutantResult>> all = new ArrayList<>();
        for (Mutant mutant : mutants) {
            for (Strategy strategy : strategies) {
                all.add(ended.submit(() -> result(mutant, strategy)));
            }
        }
        Map<Future<MutantResult>, MutantResult> results = new HashMap<>();
        try {
            while (results.size() < all.size()) {
                Future<MutantResult> next = ended.take();
                MutantResult result = await(next);
                results.put(next, result);
                progress.accept(result);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return all.stream().map(results::get).filter(Objects::nonNull).toList();
    }

    private MutantResult result(Mutant mutant, Strategy strategy) throws IOException, InterruptedException {
        Path scratch = folder.resolve(mutant.id() + "-" + strategy);
        Path overlay = Files.createDirectories(scratch.resolve("classes"));
        synchronized (compiler) {
            compiler.compile(mutant, overlay);
        }
        List<Find> finds = new ArrayList<>();
        for (int restart = 0; restart < restarts; restart++) {
            finds.add(hunt.search(mutant, strategy, firstSeed + restart * hunt.seeds(), overlay, scratch));
        }
        delete(scratch);
        return new MutantResult(mutant, strategy, finds);
    }

    private static MutantResult await(Future<MutantResult> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MutantException misfit) {
                throw misfit;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("a hunt was ended from outside");
            }
            throw new IllegalStateException("a hunt failed: " + e.getCause(), e.getCause());
        }
    }

    /** Ends the JVMs that still run. */
    @Override
    public void close() {
        executor.shutdownNow();
        boolean isInterrupted = false;
        try {
            // Each thread ends its JVM when it is interrupted.
            isInterrupted = Thread.interrupted();
            executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            isInterrupted = true;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        delete(folder);
    }

    static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // A JVM that is being ended may still write; the folder is a temporary one.
            return;
        }
    }
}
