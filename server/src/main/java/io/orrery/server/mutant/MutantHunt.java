package io.orrery.server.mutant;

import io.orrery.server.json.Json;
import io.orrery.server.json.JsonException;
import io.orrery.server.simulation.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Burns seeds in a JVM with a mutant planted, until one fails.
 *
 * @param seeds how many at most
 * @param threads of the burn
 * @param workload that is burnt where the mutant does not name one; empty for the usual one
 * @param secondsMax after which the JVM is ended, and the search with it
 */
public record MutantHunt(long seeds, int threads, String workload, long secondsMax) {
    private static final int REASON_CHARS_MAX = 300;
    /** Exit codes of a search that an operator ended: by Ctrl-C, by SIGTERM. Other signals are the search's own trouble. */
    private static final int INTERRUPTED = 130;

    private static final int TERMINATED = 143;

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
            boolean ended = process.waitFor(secondsMax, TimeUnit.SECONDS);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (!ended) {
                return Find.trouble(firstSeed, seconds, "no end after " + secondsMax + " s");
            }
            if (process.exitValue() == INTERRUPTED || process.exitValue() == TERMINATED) {
                throw new InterruptedException("the search was ended by a signal");
            }
            Find found = find(firstSeed, out, err, process.exitValue(), seconds);
            // The file that a search writes of a failure goes with the scratch folder; the search repeats it.
            List<String> again = search(mutant, firstSeed);
            return strategy == Strategy.GUIDED && found.isFound()
                    ? found.replayedBy(again.subList(1, again.size()))
                    : found;
        } finally {
            process.destroyForcibly();
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
