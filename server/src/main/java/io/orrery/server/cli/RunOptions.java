package io.orrery.server.cli;

import io.orrery.kernel.Check;
import io.orrery.server.mutant.PlantedCommand;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.simulation.Mix;
import io.orrery.server.simulation.RunFile;
import io.orrery.server.simulation.Simulations;
import io.orrery.server.simulation.Strategy;
import io.orrery.sim.report.SeedWall;
import io.orrery.sim.run.Burn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What to simulate: one seed or many, and of which scenario. */
final class RunOptions {
    @Option(names = "--seed", paramLabel = "N", description = "Run this one seed.")
    Long seed;

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
    String workload = Mix.MIXED;

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
            converter = StrategyConverter.class,
            description = "How faults are chosen: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Strategy strategy = Strategy.SWARM;

    @Option(names = "--calm", description = "Without faults.")
    private boolean isCalm;

    Burn burn() {
        try {
            if (strategy == Strategy.GUIDED) {
                throw new ProblemException(
                        ExitCode.USAGE,
                        "--strategy guided makes runs of earlier runs, and not of seeds",
                        "it searches, where the other strategies choose the faults of a seed",
                        "orrery sim explore");
            }
            Check.argument(nodes == null || nodes >= 1, "--nodes is at least 1");
            Check.argument(horizonSeconds == null || horizonSeconds >= 1, "--horizon-seconds is at least 1");
            Check.argument(rate == null || rate >= 0, "--rate is not negative");
            Mix mix = new Mix(or(nodes, 0), or(horizonSeconds, 0), or(rate, -1));
            return Simulations.burn(workload, mix, isCalm ? plain -> plain : strategy.faults());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ExitCode.USAGE, e.getMessage(), "", "orrery sim --help");
        }
    }

    /** As asked for, or else so many. */
    int nodes(int unsaid) {
        return or(nodes, unsaid);
    }

    private static int or(Integer said, int unsaid) {
        return said == null ? unsaid : said;
    }

    /** The command that shows a seed of these again, up to the seed itself. */
    String replayCommand() {
        return command("replay");
    }

    /** An empty wall for these, which can be written to that file later. */
    SeedWall wall(Path file) {
        OutputFile.check(file);
        return new SeedWall(replayCommand(), command("report"), Simulations.marks(workload));
    }

    /** Another command of {@code sim} for a seed of these, up to the seed itself. */
    String command(String name) {
        List<String> words = words();
        return "./orrery sim " + PlantedCommand.prefix() + name + " "
                + (words.isEmpty() ? "" : String.join(" ", words) + " ") + "--seed ";
    }

    /** Whether seeds draw all that they draw by default, but for the workload: only then are its marks to be reached. */
    boolean isUsual() {
        List<String> words = new ArrayList<>(words());
        int named = words.indexOf("--workload");
        if (named >= 0) {
            words.subList(named, named + 2).clear();
        }
        return words.isEmpty();
    }

    /** What was said of these, but for the seed, as it would be typed. */
    List<String> words() {
        RunOptions usual = new RunOptions();
        List<String> words = new ArrayList<>();
        add(words, "--nodes", nodes);
        add(words, "--horizon-seconds", horizonSeconds);
        add(words, "--rate", rate);
        if (!workload.equals(usual.workload)) {
            words.addAll(List.of("--workload", workload));
        }
        if (strategy != usual.strategy) {
            words.addAll(List.of("--strategy", strategy.toString()));
        }
        if (isCalm) {
            words.add("--calm");
        }
        return words;
    }

    private static void add(List<String> words, String name, Integer value) {
        if (value != null) {
            words.addAll(List.of(name, value.toString()));
        }
    }

    /**
     * The run that a command is about.
     *
     * @param file what holds it; null for the one seed
     */
    RunFile run(Path file) {
        if (file == null) {
            return new RunFile(burn().scenario(oneSeed()), null);
        }
        List<String> words = words();
        if (seed != null || !words.isEmpty()) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    (seed != null ? "--seed" : words.get(0)) + " does not go with a file",
                    file + " says all of the run already",
                    "leave one of them out");
        }
        return RunFile.read(file);
    }

    /** The one seed. */
    long oneSeed() {
        if (seed == null) {
            throw new ProblemException(ExitCode.USAGE, "which seed?", "", "--seed 7, or a FILE");
        }
        return seed;
    }
}
