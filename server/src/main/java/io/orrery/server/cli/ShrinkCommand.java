package io.orrery.server.cli;

import io.orrery.server.mutant.PlantedCommand;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.simulation.BurnSession;
import io.orrery.server.simulation.RunFile;
import io.orrery.server.simulation.ShrinkLine;
import io.orrery.server.simulation.ShrinkReport;
import io.orrery.server.simulation.ShrunkTest;
import io.orrery.server.simulation.Simulations;
import io.orrery.server.simulation.ThreadWorkers;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.shrink.Attempt;
import io.orrery.sim.shrink.ScenarioSubject;
import io.orrery.sim.shrink.ShrinkBudget;
import io.orrery.sim.shrink.Shrinker;
import io.orrery.sim.shrink.Shrunk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim shrink}: makes a failing seed or scenario small. */
@Command(
        name = "shrink",
        mixinStandardHelpOptions = true,
        description = {
            "Take fault lines, operations, nodes and time out of a failing seed or scenario, as long as what is left",
            "fails for the same reason. Prints the small scenario; ends early when its time is over, and says so."
        },
        footer = {
            "",
            "Exit codes: 0 shrunk, 2 usage, also when there is nothing to shrink.",
            "Try it on a known bug: orrery sim shrink --mutant R05 --seed 1 --out small.scenario"
        })
final class ShrinkCommand implements Callable<Integer> {
    private static final String JAVA = ".java";

    @ParentCommand
    private SimCommand parent;

    @Mixin
    private RunOptions what;

    @Option(names = "--seeds", paramLabel = "N", description = "Not one seed, but the first of so many that fails.")
    private Long seeds;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "A scenario; else --seed.")
    private Path file;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the small scenario here, not to stdout.")
    private Path out;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write a JUnit test of it, such as ElectionTest.java.")
    private Path junit;

    @Mixin
    private Effort effort;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private BurnOptions.Output output = BurnOptions.Output.text;

    @Option(
            names = "--mutant",
            paramLabel = "ID",
            description = "With this known bug planted: see 'orrery sim mutants list'.")
    private String mutant;

    @Override
    public Integer call() {
        check();
        if (mutant != null) {
            return Planting.run(mutant, words());
        }
        Scenario scenario = scenario();
        long startNanos = System.nanoTime();
        Attempt original = failing(scenario);
        try (ThreadWorkers workers = new ThreadWorkers(effort.threads)) {
            Shrunk shrunk = shrink(original, workers, startNanos + effort.seconds * 1_000_000_000L);
            tell(new ShrinkReport(shrunk, scenario, System.nanoTime() - startNanos, workers.cpuNanos()));
        }
        return ExitCode.OK;
    }

    private void check() {
        if (!effort.isSome() || seeds != null && seeds < 1) {
            throw usage("--seconds, --threads and --seeds are at least 1");
        }
        int said = (file == null ? 0 : 1) + (what.seed == null ? 0 : 1) + (seeds == null ? 0 : 1);
        if (said != 1) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    said == 0 ? "which seed?" : "one of FILE, --seed and --seeds is enough",
                    "",
                    "orrery sim shrink --seed 7, or --seeds 1000 for the first that fails, or orrery sim shrink FILE");
        }
        if (junit != null && !SourceVersion.isName(className())) {
            throw usage("--junit names a Java file such as ElectionTest.java, not " + junit);
        }
        if (out != null) {
            OutputFile.check(out);
        }
        if (junit != null) {
            OutputFile.check(junit);
        }
    }

    /** What --junit names; empty if that is not a Java file. */
    private String className() {
        String name = junit.getFileName().toString();
        return name.endsWith(JAVA) ? name.substring(0, name.length() - JAVA.length()) : "";
    }

    /** What was typed, without the mutant. */
    private List<String> words() {
        List<String> words = new ArrayList<>(List.of("shrink"));
        words.addAll(what.words());
        if (what.seed != null) {
            words.addAll(List.of("--seed", what.seed.toString()));
        }
        if (seeds != null) {
            words.addAll(List.of("--seeds", seeds.toString()));
        }
        words.addAll(
                List.of("--seconds", Long.toString(effort.seconds), "--threads", Integer.toString(effort.threads)));
        words.addAll(List.of("--output", output.name()));
        if (out != null) {
            words.addAll(List.of("--out", out.toString()));
        }
        if (junit != null) {
            words.addAll(List.of("--junit", junit.toString()));
        }
        if (file != null) {
            words.add(file.toString());
        }
        return words;
    }

    private Scenario scenario() {
        if (seeds != null) {
            return firstFailing();
        }
        if (JournalConsole.isJournal(file)) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    file + " is the journal of one node, which cannot be shrunk",
                    "there is no cluster in it",
                    "orrery sim replay " + file);
        }
        RunFile run = what.run(file);
        if (run.decisions() != null) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    file + " is a log of decisions, which cannot be shrunk",
                    "each decision was made for the events of that one run",
                    "shrink the seed or scenario that it was recorded from");
        }
        return run.scenario();
    }

    private Scenario firstFailing() {
        BurnSession session = BurnSession.runWhile(what.burn(), 1, seeds, effort.threads, RunResult::isOk);
        if (session.summary().failures().isEmpty()) {
            throw new ProblemException(
                    ExitCode.USAGE, "nothing to shrink: none of " + seeds + " seeds fails", "", "try more --seeds");
        }
        return session.summary().failures().get(0).scenario();
    }

    private Attempt failing(Scenario scenario) {
        Attempt original = new ScenarioSubject(Simulations.workloads(), Long.MAX_VALUE).run(scenario);
        if (original.isFailed()) {
            parent.console().say(original.failure());
            return original;
        }
        String name = file == null ? "seed " + scenario.seed() : file.toString();
        throw new ProblemException(
                ExitCode.USAGE,
                "nothing to shrink: " + name + " does not fail",
                "it ran " + original.events() + " events and all was well",
                "orrery sim --seeds 1000 looks for a seed that fails");
    }

    private Shrunk shrink(Attempt original, ThreadWorkers workers, long endNanos) {
        Console console = parent.console();
        ShrinkLine line = new ShrinkLine(System.console() != null, text -> {
            console.err().print(text);
            console.err().flush();
        });
        ShrinkBudget budget = ShrinkBudget.until(() -> System.nanoTime() - endNanos >= 0);
        try {
            ScenarioSubject subject = ScenarioSubject.bounded(Simulations.workloads(), original);
            return new Shrinker(subject, workers, budget, line).shrink(original);
        } finally {
            line.end();
        }
    }

    private void tell(ShrinkReport report) {
        String replay = "./orrery sim " + PlantedCommand.prefix() + "replay " + (out == null ? "FILE" : out);
        String scenario = report.scenarioFile(replay);
        String test = new ShrunkTest(
                        junit == null ? ShrunkTest.usualName(report.before().seed()) : className(),
                        report.shrunk().smallest())
                .source();
        if (out != null) {
            OutputFile.write(out, scenario);
        }
        if (junit != null) {
            OutputFile.write(junit, test);
        }
        Console console = parent.console();
        if (output == BurnOptions.Output.json) {
            console.print(report.json(scenario, test, replay));
            return;
        }
        if (out == null) {
            console.say(report.table());
            console.print(scenario.stripTrailing());
            return;
        }
        console.print(report.table());
        console.print("scenario     " + out);
        if (junit != null) {
            console.print("test         " + junit);
        }
        console.print("replay       " + replay);
    }

    private static ProblemException usage(String what) {
        return new ProblemException(ExitCode.USAGE, what, "", "orrery sim shrink --help");
    }
}
