package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.simulation.BurnProgress;
import io.orrery.server.simulation.BurnSession;
import io.orrery.server.simulation.ReportFiles;
import io.orrery.sim.report.SeedWall;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim seeds}: a burn as a picture. */
@Command(
        name = "seeds",
        mixinStandardHelpOptions = true,
        description = "Run many seeds and draw them: a cell for each, and which faults went with which situations.",
        footer = {"", "Prints the path of the file, which needs no network. Exit codes: those of 'sim'."})
final class SimSeedsCommand implements Callable<Integer> {
    @ParentCommand
    private SimCommand sim;

    @Mixin
    private RunOptions what;

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds (default: ${DEFAULT-VALUE}).")
    private long seeds = 1000;

    @Option(names = "--first-seed", paramLabel = "N", description = "The first of them (default: ${DEFAULT-VALUE}).")
    private long firstSeed = 1;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: one per core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("orrery-seeds.html");

    @Override
    public Integer call() {
        if (seeds < 1 || threads < 1) {
            throw new ProblemException(
                    ExitCode.USAGE, "--seeds and --threads are at least 1", "", "orrery sim seeds --help");
        }
        long first = what.seed != null ? what.seed : firstSeed;
        long count = what.seed != null ? 1 : seeds;
        Console console = sim.console();
        SeedWall wall = what.wall(output);
        BurnProgress progress = new BurnProgress(count, System.console() != null, text -> {
            console.err().print(text);
            console.err().flush();
        });
        try (EarlyEnd end = EarlyEnd.asked()) {
            BurnSession session = BurnSession.runWhile(what.burn(), first, count, threads, result -> {
                progress.accept(result);
                wall.add(result);
                return !end.isAsked();
            });
            progress.end();
            if (end.isAsked()) {
                console.say("interrupted: this is " + wall.seeds() + " of " + count + " seeds");
            }
            return end(console, wall, session);
        }
    }

    /** Draws the seeds that ran. */
    private int end(Console console, SeedWall wall, BurnSession session) {
        OutputFile.write(output, wall.html(ReportFiles::part));
        console.say(String.format(
                Locale.ROOT,
                "%,d seeds, %,d failed, %.1f simulated minutes in %.1f s",
                wall.seeds(),
                wall.failed(),
                session.simulatedSeconds() / 60,
                session.wallSeconds()));
        if (wall.leftOut() > 0) {
            console.say(String.format(
                    Locale.ROOT,
                    "%,d of them are counted and have no cell: a page shows %,d.",
                    wall.leftOut(),
                    SeedWall.SEEDS_MAX));
        }
        console.print(output.toString());
        return session.summary().failures().isEmpty()
                ? ExitCode.OK
                : SimCommand.exitCode(session.summary().failures().get(0).failure());
    }
}
