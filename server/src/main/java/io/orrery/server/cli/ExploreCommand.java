package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.simulation.BurnReport;
import io.orrery.server.simulation.CorpusFolder;
import io.orrery.server.simulation.ExploreReport;
import io.orrery.server.simulation.Mix;
import io.orrery.server.simulation.RaftWorkload;
import io.orrery.server.simulation.ThreadWorkers;
import io.orrery.sim.explore.Corpus;
import io.orrery.sim.explore.Explorer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim explore}: a search that learns from its runs. */
@Command(
        name = "explore",
        mixinStandardHelpOptions = true,
        description = {
            "Search for failures guided by coverage: runs that got into rare states are kept, and run again",
            "with another future from there on."
        },
        footer = {
            "",
            "The same first seed and number of runs search the same, on any number of threads.",
            "A run that failed is written as a log of decisions, which 'sim replay FILE' repeats.",
            "Exit codes: those of 'sim'. See docs/simulation/EXPLORING.md."
        })
final class ExploreCommand implements Callable<Integer> {
    private static final int NODES = 3;
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    @ParentCommand
    private SimCommand sim;

    @Mixin
    private RunOptions what;

    @Option(names = "--runs", paramLabel = "N", description = "How many runs (default: ${DEFAULT-VALUE}).")
    private long runs = 1000;

    @Option(names = "--seconds", paramLabel = "N", description = "End after so much time (default: no limit).")
    private Long seconds;

    @Option(
            names = "--corpus",
            paramLabel = "FOLDER",
            description = "Begin with the runs kept there, and keep those that are worth it there in the end.")
    private Path corpus;

    @Option(
            names = "--failures",
            paramLabel = "FOLDER",
            description = "Where runs that failed are written (default: the folder of --corpus, else the present one).")
    private Path failures;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: one per core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--stop-at-first-failure", description = "End with the first run that fails.")
    private boolean stopsAtFailure;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private BurnOptions.Output output = BurnOptions.Output.text;

    @Mixin
    private ExhaustiveOptions exhaustive;

    private long shownNanos;

    @Override
    public Integer call() {
        if (runs < 1 || threads < 1 || seconds != null && seconds < 1) {
            throw new ProblemException(
                    ExitCode.USAGE, "--runs, --threads and --seconds are at least 1", "", "orrery sim explore --help");
        }
        try (EarlyEnd end = EarlyEnd.asked()) {
            return exhaustive.isOn ? enumerate(end) : search(end);
        }
    }

    private int enumerate(EarlyEnd end) {
        boolean isMixed = what.workload.equals(Mix.MIXED);
        String workload = isMixed ? RaftWorkload.NAME : what.workload;
        return new ExhaustiveSearch(sim.console(), workload, exhaustive, seconds, output == BurnOptions.Output.json)
                .run(what.nodes(NODES), end);
    }

    private int search(EarlyEnd end) {
        long firstSeed = what.seed != null ? what.seed : 1;
        Explorer explorer = new Explorer(what.burn(), firstSeed, new Corpus());
        CorpusFolder folder = corpus == null ? null : new CorpusFolder(corpus);
        if (folder != null) {
            int given = folder.giveTo(explorer);
            sim.console().say(given + " runs from " + corpus);
        }
        ExploreReport report = new ExploreReport(firstSeed);
        long start = System.nanoTime();
        shownNanos = start;
        try (ThreadWorkers workers = new ThreadWorkers(threads)) {
            explorer.run(runs, workers, step -> {
                report.add(step);
                if (!step.trial().result().isOk()) {
                    byte[] decisions = step.trial().file();
                    report.addFailure(step, CorpusFolder.writeFailure(where(), firstSeed, report.count(), decisions));
                }
                progress(report, explorer);
                boolean isOver = seconds != null && System.nanoTime() - start >= seconds * 1_000_000_000L;
                return !isOver && !end.isAsked() && (step.trial().result().isOk() || !stopsAtFailure);
            });
        }
        if (folder != null) {
            folder.write(explorer.corpus());
        }
        double wallSeconds = (System.nanoTime() - start) / 1e9;
        boolean isJson = output == BurnOptions.Output.json;
        sim.console().print(isJson ? report.json(explorer, wallSeconds) : report.text(explorer, wallSeconds));
        return report.firstFailure() == null
                ? ExitCode.OK
                : SimCommand.exitCode(report.firstFailure().failure());
    }

    private Path where() {
        if (failures != null) {
            return failures;
        }
        return corpus == null ? Path.of("") : corpus;
    }

    private void progress(ExploreReport report, Explorer explorer) {
        long now = System.nanoTime();
        if (now - shownNanos >= PROGRESS_NANOS) {
            shownNanos = now;
            sim.console()
                    .say(String.format(
                            Locale.ROOT,
                            "%d/%d runs  %d failed  %s",
                            report.count(),
                            runs,
                            report.failed(),
                            BurnReport.coverage(explorer.coverage().summary()).replace("seeds", "runs")));
        }
    }
}
