package io.orrery.server.cli;

import io.orrery.kernel.Check;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.simulation.BurnProgress;
import io.orrery.server.simulation.BurnReport;
import io.orrery.server.simulation.BurnSession;
import io.orrery.server.simulation.Mix;
import io.orrery.server.simulation.Simulations;
import io.orrery.server.simulation.Strategy;
import io.orrery.sim.Failure;
import io.orrery.sim.run.Burn;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim}: burns seeds, or shows one again. */
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        subcommands = MutantsCommand.class,
        description = "Run simulated clusters under faults: many seeds, or one seed or scenario again.",
        footer = {
            "",
            "Exit codes: 0 all seeds passed, 2 usage, 3 a safety failure, 4 a liveness failure, 5 a node halted.",
            "With --seed, the one seed; else --seeds many from --first-seed on. See docs/SIMULATION.md."
        })
final class SimCommand implements Callable<Integer> {
    static final int EXIT_SAFETY = 3;
    static final int EXIT_LIVENESS = 4;
    static final int EXIT_HALT = 5;

    /** What to simulate. */
    static final class What {
        @Option(names = "--seed", paramLabel = "N", description = "Run this one seed.")
        private Long seed;

        @Option(
                names = "--nodes",
                paramLabel = "N",
                description = "Nodes of the cluster (default: each seed draws 3, 4, 5 or 7).")
        private Integer nodes;

        @Option(
                names = "--workload",
                paramLabel = "NAME",
                description = "What the nodes run and what is asked of them; with mixed each seed draws one"
                        + " (default: ${DEFAULT-VALUE}).")
        private String workload = Mix.MIXED;

        @Option(
                names = "--horizon-seconds",
                paramLabel = "N",
                description = "Simulated seconds of faults, before all is healed (default: each seed draws).")
        private Integer horizonSeconds;

        @Option(
                names = "--rate",
                paramLabel = "N",
                description = "Operations per simulated second (default: each seed draws).")
        private Integer rate;

        @Option(
                names = "--strategy",
                paramLabel = "NAME",
                description = "How faults are chosen: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        private Strategy strategy = Strategy.SWARM;

        @Option(names = "--calm", description = "Without faults.")
        private boolean isCalm;

        Burn burn() {
            try {
                Check.argument(nodes == null || nodes >= 1, "--nodes is at least 1");
                Check.argument(horizonSeconds == null || horizonSeconds >= 1, "--horizon-seconds is at least 1");
                Check.argument(rate == null || rate >= 0, "--rate is not negative");
                Mix mix = new Mix(or(nodes, 0), or(horizonSeconds, 0), or(rate, -1));
                return Simulations.burn(workload, mix, isCalm ? plain -> plain : strategy.faults());
            } catch (IllegalArgumentException e) {
                throw new ProblemException(ExitCode.USAGE, e.getMessage(), "", "orrery sim --help");
            }
        }

        private static int or(Integer said, int unsaid) {
            return said == null ? unsaid : said;
        }

        /** The command that shows a seed of these again, up to the seed itself. */
        String replayCommand() {
            What usual = new What();
            StringBuilder command = new StringBuilder("./orrery sim replay");
            add(command, "--nodes", nodes);
            add(command, "--horizon-seconds", horizonSeconds);
            add(command, "--rate", rate);
            if (!workload.equals(usual.workload)) {
                command.append(" --workload ").append(workload);
            }
            if (strategy != usual.strategy) {
                command.append(" --strategy ").append(strategy);
            }
            return command.append(isCalm ? " --calm --seed " : " --seed ").toString();
        }

        private static void add(StringBuilder command, String name, Integer value) {
            if (value != null) {
                command.append(' ').append(name).append(' ').append(value);
            }
        }
    }

    @ParentCommand
    private OrreryCommand root;

    @Mixin
    private What what;

    @Mixin
    private BurnOptions options;

    @Override
    public Integer call() {
        return run(what, options);
    }

    /** The same as {@code orrery sim} alone. */
    @Command(name = "burn", mixinStandardHelpOptions = true, description = "Run many seeds; what 'sim' alone does.")
    Integer burn(@Mixin What what, @Mixin BurnOptions options) {
        return run(what, options);
    }

    private int run(What what, BurnOptions options) {
        options.check();
        long count = what.seed != null ? 1 : options.seeds;
        long first = what.seed != null ? what.seed : options.firstSeed;
        Console console = console();
        BurnProgress progress = new BurnProgress(count, System.console() != null, text -> {
            console.err().print(text);
            console.err().flush();
        });
        BurnSession session = BurnSession.runWhile(what.burn(), first, count, options.threads, result -> {
            progress.accept(result);
            return result.isOk() || !options.stopsAtFailure;
        });
        progress.end();
        BurnReport report = new BurnReport(session, Simulations.marks(what.workload), what.replayCommand());
        console.print(options.output == BurnOptions.Output.json ? report.json() : report.text());
        return session.summary().failures().isEmpty()
                ? ExitCode.OK
                : exitCode(session.summary().failures().get(0).failure());
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = {
                "Run one seed, one scenario file, or one node's journal again; prints a line for each transition.",
                "Exit code 6: the replay of a journal did otherwise than the node."
            })
    Integer replay(
            @Mixin What what,
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "A scenario file or a journal; else --seed.")
                    Path file,
            @Mixin JournalConsole.Options journal,
            @Option(names = "--quiet", description = "Only how it ended.") boolean isQuiet) {
        Console console = console();
        if (JournalConsole.isJournal(file)) {
            return new JournalConsole(console, file).replay(journal, isQuiet);
        }
        journal.requireNone();
        Scenario scenario = file != null ? read(file) : what.burn().scenario(seed(what));
        RunResult result;
        try {
            result = Runner.run(scenario, Simulations.workloads().make(scenario.workload()), sim -> {
                if (!isQuiet) {
                    sim.traceTo(console.out()::println);
                }
            });
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ExitCode.USAGE, file + ": " + e.getMessage(), "", "");
        }
        console.print(result.toString());
        return result.isOk() ? ExitCode.OK : exitCode(result.failure());
    }

    @Command(
            name = "scenario",
            mixinStandardHelpOptions = true,
            description = "Print the scenario that a seed stands for: its plan of faults, to keep, edit and replay.")
    void scenario(@Mixin What what) {
        console().print(what.burn().scenario(seed(what)).toString().stripTrailing());
    }

    Console console() {
        return root.console();
    }

    private static long seed(What what) {
        if (what.seed == null) {
            throw new ProblemException(
                    ExitCode.USAGE, "which seed?", "", "orrery sim replay --seed 7, or orrery sim replay FILE");
        }
        return what.seed;
    }

    private static Scenario read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ProblemException(ExitCode.USAGE, "cannot read the scenario file " + file, Problem.reason(e), "");
        }
        try {
            return Scenario.parse(text);
        } catch (ScenarioException e) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    file + ", " + e.getMessage(),
                    "",
                    "docs/SIMULATION.md lists what a scenario may say");
        }
    }

    private static int exitCode(Failure failure) {
        return switch (failure.kind()) {
            case SAFETY -> EXIT_SAFETY;
            case LIVENESS -> EXIT_LIVENESS;
            case HALT -> EXIT_HALT;
        };
    }
}
