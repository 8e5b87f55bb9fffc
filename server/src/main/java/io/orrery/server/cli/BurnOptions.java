package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which seeds a burn runs, on how many threads, and what it prints. */
final class BurnOptions {
    /** How the summary is printed; spelt as typed. */
    enum Output {
        text,
        json
    }

    private static final long SEEDS = 200;

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds (default: " + SEEDS + ").")
    private Long seeds;

    @Option(names = "--first-seed", paramLabel = "N", description = "The first of them (default: 1).")
    private Long firstSeed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: one per core).")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--stop-at-first-failure",
            description = "End with the first seed that fails, in the order of the seeds.")
    boolean stopsAtFailure;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    Output output = Output.text;

    @Option(names = "--report", paramLabel = "FILE", description = "Draw the first seed that fails: see 'sim report'.")
    Path report;

    @Option(names = "--wall", paramLabel = "FILE", description = "Draw all seeds: see 'sim seeds'.")
    Path wall;

    /** @param seed the one seed that was asked for; null for many */
    void check(Long seed) {
        if (seed != null && (seeds != null || firstSeed != null)) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "--seed " + seed + " does not go with " + (seeds != null ? "--seeds" : "--first-seed"),
                    "it runs that one seed",
                    "for many from it on: --first-seed " + seed + " --seeds " + count());
        }
        if (count() < 1 || threads < 1) {
            throw new ProblemException(ExitCode.USAGE, "--seeds and --threads are at least 1", "", "orrery sim --help");
        }
    }

    /** How many seeds. */
    long count() {
        return seeds == null ? SEEDS : seeds;
    }

    /** The first of them. */
    long first() {
        return firstSeed == null ? 1 : firstSeed;
    }
}
