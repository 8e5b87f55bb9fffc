package io.orrery.server.cli;

import picocli.CommandLine.Option;

/** How long one failure may take to shrink, and how many threads work on it. */
final class Effort {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long a failure may take to shrink, by your clock (default: ${DEFAULT-VALUE}).")
    long seconds = 60;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: one per core).")
    int threads = Runtime.getRuntime().availableProcessors();

    /** Whether there is any. */
    boolean isSome() {
        return seconds >= 1 && threads >= 1;
    }
}
