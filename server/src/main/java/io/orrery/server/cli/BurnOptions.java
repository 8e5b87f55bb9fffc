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

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds (default: ${DEFAULT-VALUE}).")
    long seeds = 200;

    @Option(names = "--first-seed", paramLabel = "N", description = "The first of them (default: ${DEFAULT-VALUE}).")
    long firstSeed = 1;

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

    void check() {
        if (seeds < 1 || threads < 1) {
            throw new ProblemException(ExitCode.USAGE, "--seeds and --threads are at least 1", "", "orrery sim --help");
        }
    }
}
