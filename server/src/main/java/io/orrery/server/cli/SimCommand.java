package io.orrery.server.cli;

import io.orrery.kernel.trace.Mark;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.simulation.BurnProgress;
import io.orrery.server.simulation.BurnReport;
import io.orrery.server.simulation.BurnSession;
import io.orrery.server.simulation.ReportFiles;
import io.orrery.server.simulation.RunFile;
import io.orrery.server.simulation.RunRecording;
import io.orrery.server.simulation.Simulations;
import io.orrery.sim.Failure;
import io.orrery.sim.report.ReportPage;
import io.orrery.sim.report.SeedWall;
import io.orrery.sim.report.Window;
import io.orrery.sim.run.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim}: burns seeds, or shows one again. */
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        subcommands = {
            ExploreCommand.class,
            MutantsCommand.class,
            ReconcileCommand.class,
            ReplayCommand.class,
            ShrinkCommand.class,
            SimReportCommand.class,
            SimSeedsCommand.class,
            TraceCommand.class
        },
        description = "Run simulated clusters under faults: many seeds, or one seed or scenario again.",
        footer = {
            "",
            "Exit codes: 0 all seeds passed, 2 usage, 3 a safety failure, 4 a liveness failure, 5 a node halted,",
            "7 in 10000 seeds or more nobody reached a situation that the workload declares, 130 interrupted by Ctrl-C:",
            "then what is printed tells of the seeds so far.",
            "With --seed, the one seed; else --seeds many from --first-seed on. See docs/SIMULATION.md."
        })
final class SimCommand implements Callable<Integer> {
    static final int EXIT_SAFETY = 3;
    static final int EXIT_LIVENESS = 4;
    static final int EXIT_HALT = 5;
    /** No seed failed, and a declared mark was not reached in enough seeds. */
    static final int EXIT_NOT_REACHED = 7;

    @ParentCommand
    private OrreryCommand root;

    @Mixin
    private RunOptions what;

    @Mixin
    private BurnOptions options;

    @Override
    public Integer call() {
        return run(what, options);
    }

    /** The same as {@code orrery sim} alone. */
    @Command(name = "burn", mixinStandardHelpOptions = true, description = "Run many seeds; what 'sim' alone does.")
    Integer burn(@Mixin RunOptions what, @Mixin BurnOptions options) {
        return run(what, options);
    }

    private int run(RunOptions what, BurnOptions options) {
        options.check(what.seed);
        try (EarlyEnd end = EarlyEnd.asked()) {
            return run(what, options, end);
        }
    }

    private int run(RunOptions what, BurnOptions options, EarlyEnd end) {
        if (options.report != null) {
            OutputFile.check(options.report);
        }
        SeedWall wall = options.wall == null ? null : what.wall(options.wall);
        long count = what.seed != null ? 1 : options.count();
        long first = what.seed != null ? what.seed : options.first();
        Console console = console();
        BurnProgress progress = new BurnProgress(count, System.console() != null, text -> {
            console.err().print(text);
            console.err().flush();
        });
        BurnSession session = BurnSession.runWhile(what.burn(), first, count, options.threads, result -> {
            progress.accept(result);
            if (wall != null) {
                wall.add(result);
            }
            return !end.isAsked() && (result.isOk() || !options.stopsAtFailure);
        });
        progress.end();
        if (end.isAsked()) {
            console.say("interrupted: this is " + session.summary().seeds() + " of " + count + " seeds");
        }
        if (wall != null) {
            OutputFile.write(options.wall, wall.html(ReportFiles::part));
        }
        List<Mark> declared = what.isUsual() ? Simulations.marks(what.workload) : List.of();
        BurnReport report = new BurnReport(session, declared, what::command);
        console.print(options.output == BurnOptions.Output.json ? report.json() : report.text());
        if (session.summary().failures().isEmpty()) {
            String objection = report.objection();
            if (objection != null) {
                console.say(objection);
            }
            return objection == null ? ExitCode.OK : EXIT_NOT_REACHED;
        }
        RunResult failed = session.summary().failures().get(0);
        if (options.report != null) {
            draw(failed, what.replayCommand() + failed.seed(), options.report);
        }
        return exitCode(failed.failure());
    }

    private void draw(RunResult failed, String replay, Path path) {
        RunRecording drawn = RunRecording.of(new RunFile(failed.scenario(), null), Window.LAST, replay, misfit -> {});
        OutputFile.write(
                path, ReportPage.of(drawn.recording(), ReportFiles::part).html());
        console().say("seed " + failed.seed() + " is drawn in " + path);
    }

    @Command(
            name = "scenario",
            mixinStandardHelpOptions = true,
            description = "Print the scenario that a seed stands for: its plan of faults, to keep, edit and replay.")
    void scenario(@Mixin RunOptions what) {
        console().print(what.burn().scenario(what.oneSeed()).toString().stripTrailing());
    }

    Console console() {
        return root.console();
    }

    /** How a failed run ends the command. */
    static int exitCode(Failure failure) {
        return switch (failure.kind()) {
            case SAFETY -> EXIT_SAFETY;
            case LIVENESS -> EXIT_LIVENESS;
            case HALT -> EXIT_HALT;
        };
    }
}
