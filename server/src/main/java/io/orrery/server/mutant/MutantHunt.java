package io.orrery.server.mutant;

import io.orrery.server.json.Json;
import io.orrery.server.json.JsonException;
import io.orrery.server.simulation.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Burns seeds in a JVM with a mutant planted, until one fails.
 *
 * @param seeds how many at most
 * @param threads of the burn
 * @param workload that is burnt where the mutant does not name one; empty for the usual one
 * @param cpuSecondsMax of the JVM's processor time after which it is ended, and the search with it; where the system does not
 *     tell that time, seconds on the wall
 */
public record MutantHunt(long seeds, int threads, String workload, long cpuSecondsMax) {
    private static final int REASON_CHARS_MAX = 300;
    /** Exit codes of a search that an operator ended: by Ctrl-C, by SIGTERM. Other signals are the search's own trouble. */
    private static final int INTERRUPTED = 130;

    private static final int TERMINATED = 143;

    private static final long LOOK_MILLIS = 100;
    /** Within which a search that is told to end prints what it has. */
    private static final long END_SECONDS = 20;

    /**
     * One search.
     *
     * @param overlay the mutant's classes
     * @param scratch a folder for what the JVM prints
     */
    Find search(Mutant mutant, Strategy strategy, long firstSeed, Path overlay, Path scratch)
            throws IOException, InterruptedException {
        Path out = scratch.resolve("out.json");
        Path err = scratch.resolve("err.txt");
        long start = System.nanoTime();
        Process process = PlantedJvm.of(overlay, arguments(mutant, strategy, firstSeed, scratch))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            long spentNanos = await(process, start);
            if (spentNanos < 0) {
                return givenUp(process, firstSeed, out, -spentNanos / 1e9);
            }
            if (process.exitValue() == INTERRUPTED || process.exitValue() == TERMINATED) {
                throw new InterruptedException("the search was ended by a signal");
            }
            Find found = find(firstSeed, out, err, process.exitValue(), spentNanos / 1e9);
            // The file that a search writes of a failure goes with the scratch folder; the search repeats it.
            List<String> again = search(mutant, firstSeed);
            return strategy == Strategy.GUIDED && found.isFound()
                    ? found.replayedBy(again.subList(1, again.size()))
                    : found;
        } finally {
            process.destroyForcibly();
        }
    }

    /** What the search spent, as far as it was looked at; negative if that was all it may, and it still runs. */
    private long await(Process process, long start) throws InterruptedException {
        long spentNanos = 0;
        while (true) {
            boolean ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            spentNanos = Math.max(spentNanos, spentNanos(process, start));
            if (ended) {
                return spentNanos;
            }
            if (spentNanos >= TimeUnit.SECONDS.toNanos(cpuSecondsMax)) {
                return -spentNanos;
            }
        }
    }

    /** Of a process that has ended the system says nothing any more: then it is what the last look gave. */
    private static long spentNanos(Process process, long start) {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElseGet(() -> process.isAlive() ? System.nanoTime() - start : 0L);
    }

    /** Tells the search to end, which prints how far it came. */
    private static Find givenUp(Process process, long firstSeed, Path out, double seconds) throws InterruptedException {
        process.destroy();
        process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        String after = String.format(Locale.ROOT, "given up after %.0f s of CPU", seconds);
        try {
            long seeds = Find.seedsOf(Json.parse(Files.readString(out).strip()));
            return Find.trouble(firstSeed, seconds, after + ": none of " + seeds + " seeds failed");
        } catch (JsonException | IOException e) {
            return Find.trouble(firstSeed, seconds, after + ": no seed's end was seen");
        }
    }

    private List<String> arguments(Mutant mutant, Strategy strategy, long firstSeed, Path scratch) {
        List<String> arguments = new ArrayList<>();
        if (strategy == Strategy.GUIDED) {
            arguments.addAll(search(mutant, firstSeed));
            arguments.addAll(List.of("--failures", scratch.toString()));
        } else {
            arguments.addAll(List.of("sim", "burn", "--stop-at-first-failure", "--strategy", strategy.toString()));
            arguments.addAll(List.of("--seeds", Long.toString(seeds), "--first-seed", Long.toString(firstSeed)));
            arguments.addAll(workload(mutant));
        }
        arguments.addAll(List.of("-o", "json", "--threads", Integer.toString(threads)));
        return arguments;
    }

    /** A guided search, as it would be typed: it finds the same whenever it is made. */
    private List<String> search(Mutant mutant, long firstSeed) {
        List<String> arguments = new ArrayList<>(List.of("sim", "explore", "--stop-at-first-failure"));
        arguments.addAll(List.of("--runs", Long.toString(seeds), "--seed", Long.toString(firstSeed)));
        arguments.addAll(workload(mutant));
        return arguments;
    }

    private List<String> workload(Mutant mutant) {
        String asked = mutant.workload().isEmpty() ? workload : mutant.workload();
        return asked.isEmpty() ? List.of() : List.of("--workload", asked);
    }

    private static Find find(long firstSeed, Path out, Path err, int exitCode, double seconds) {
        try {
            return Find.of(firstSeed, Json.parse(Files.readString(out).strip()), seconds);
        } catch (JsonException e) {
            return Find.trouble(firstSeed, seconds, "the JVM ended with exit code " + exitCode + ": " + tail(err));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what the JVM printed", e);
        }
    }

    private static String tail(Path err) {
        try {
            String text = Files.readString(err).strip().replaceAll("\\s+", " ");
            return text.length() <= REASON_CHARS_MAX ? text : text.substring(text.length() - REASON_CHARS_MAX);
        } catch (IOException e) {
            return "it printed nothing";
        }
    }
}
