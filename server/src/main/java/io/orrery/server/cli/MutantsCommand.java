package io.orrery.server.cli;

import io.orrery.server.mutant.Mutant;
import io.orrery.server.mutant.MutantCatalogue;
import io.orrery.server.mutant.MutantCompiler;
import io.orrery.server.mutant.MutantException;
import io.orrery.server.mutant.MutantHunt;
import io.orrery.server.mutant.MutantReport;
import io.orrery.server.mutant.MutantResult;
import io.orrery.server.mutant.MutantRows;
import io.orrery.server.mutant.MutantSweep;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.simulation.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim mutants}: plants known bugs one at a time, and counts the seeds until each is found. */
@Command(
        name = "mutants",
        mixinStandardHelpOptions = true,
        subcommands = {MutantsShrinkCommand.class, PlantCommand.class},
        description = "Plant known bugs, one at a time, and count the seeds that it takes to find each.",
        footer = {
            "",
            "Needs a JDK and the sources this program was built from. See docs/simulation/CHECKERS.md, Mutants.",
            "With -o json and -o markdown each row is printed as soon as its search has ended and those before it, in the",
            "order of --only; a search's seconds are of the processor, so a busy machine finds the same.",
            "Exit codes: 0 every bug found and nothing harmless flagged, 1 not so, 2 usage, 130 interrupted by Ctrl-C:",
            "then what is printed tells of the searches that had ended."
        })
final class MutantsCommand implements Callable<Integer> {
    /** How results are printed; spelt as typed. */
    enum Output {
        table,
        json,
        markdown
    }

    /** Which strategies are compared; spelt as typed. */
    enum Strategies {
        swarm,
        random,
        guided,
        all;

        List<Strategy> list() {
            return this == all
                    ? Arrays.asList(Strategy.values())
                    : List.of(Strategy.valueOf(name().toUpperCase(Locale.ROOT)));
        }
    }

    @ParentCommand
    private SimCommand sim;

    @Option(names = "--seeds", paramLabel = "N", description = "Seeds of one search (default: ${DEFAULT-VALUE}).")
    private long seeds = 1000;

    @Option(names = "--first-seed", paramLabel = "N", description = "The first of them (default: ${DEFAULT-VALUE}).")
    private long firstSeed = 1;

    @Option(
            names = "--restarts",
            paramLabel = "K",
            description =
                    "Searches for each mutant, over other seeds each; the median counts (default: ${DEFAULT-VALUE}).")
    private int restarts = 1;

    @Option(names = "--only", paramLabel = "ID", split = ",", description = "Only these, such as M01,M03.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--module", paramLabel = "NAME", description = "Only those in this module, such as raft.")
    private String module = "";

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "How faults are chosen: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Strategies strategy = Strategies.swarm;

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "What is simulated, where a mutant does not ask for its own (default: that of 'sim').")
    private String workload = "";

    @Option(names = "--threads", paramLabel = "N", description = "Threads of all searches (default: one per core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--search-seconds",
            paramLabel = "N",
            description = "Processor time of its JVM after which a search is given up (default: ${DEFAULT-VALUE}).")
    private long searchSeconds = 3600;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Output output = Output.table;

    @Override
    public Integer call() {
        if (seeds < 1 || restarts < 1 || threads < 1 || searchSeconds < 1) {
            throw usage("--seeds, --restarts, --threads and --search-seconds are at least 1", "");
        }
        List<Mutant> mutants = chosen(Planting.catalogue());
        int sideBySide = Math.min(Math.min(MutantSweep.SIDE_BY_SIDE, threads), mutants.size());
        MutantHunt hunt = new MutantHunt(seeds, Math.max(1, threads / sideBySide), workload, searchSeconds);
        Console console = sim.console();
        try (EarlyEnd end = EarlyEnd.interrupting()) {
            MutantRows rows = output == Output.table
                    ? null
                    : new MutantRows(mutants, strategy.list(), output == Output.json, seeds, console::print);
            List<MutantResult> results = results(mutants, hunt, sideBySide, rows);
            int asked = mutants.size() * strategy.list().size();
            if (end.isAsked()) {
                console.say("interrupted: this is " + results.size() + " of " + asked + " searches");
            }
            MutantReport report = new MutantReport(results, seeds);
            if (rows == null) {
                console.print(table(results) + "\n\n" + report.summary());
            } else {
                rows.end(report);
            }
            return report.isGood() ? ExitCode.OK : ExitCode.FALSE;
        }
    }

    private List<MutantResult> results(List<Mutant> mutants, MutantHunt hunt, int sideBySide, MutantRows rows) {
        try (MutantCompiler compiler = Planting.compiler();
                MutantSweep sweep = new MutantSweep(compiler, hunt, firstSeed, restarts, sideBySide)) {
            return sweep.run(mutants, strategy.list(), result -> {
                console().say(MutantReport.line(result));
                if (rows != null) {
                    rows.add(result);
                }
            });
        } catch (MutantException e) {
            throw Planting.misfit(e);
        }
    }

    Console console() {
        return sim.console();
    }

    private static String table(List<MutantResult> results) {
        Table table = new Table("MUTANT", "SEEDS", "STRATEGY", "FOUND BY", "WHAT IS WRONG");
        for (MutantResult result : results) {
            Mutant mutant = result.mutant();
            String harmless = mutant.harmless() ? " (harmless)" : "";
            String checker = result.isFound() ? result.first().checker() : "";
            table.row(
                    mutant.id(),
                    MutantReport.seedsText(result),
                    result.strategy().toString(),
                    checker,
                    mutant.title() + harmless);
        }
        return table.text();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Print the mutants that there are.")
    void list() {
        Table table = new Table("MUTANT", "MODULE", "KNOWN FROM", "WHAT IS WRONG");
        for (Mutant mutant : Planting.catalogue().all()) {
            String harmless = mutant.harmless() ? " (harmless)" : "";
            table.row(mutant.id(), mutant.module(), mutant.source(), mutant.title() + harmless);
        }
        sim.console().print(table.text());
    }

    private List<Mutant> chosen(MutantCatalogue catalogue) {
        List<Mutant> mutants = new ArrayList<>();
        if (only.isEmpty()) {
            mutants.addAll(catalogue.all());
        }
        for (String id : new LinkedHashSet<>(only)) {
            mutants.add(Planting.mutant(catalogue, id));
        }
        if (!module.isEmpty()) {
            mutants.removeIf(mutant -> !mutant.module().equals(module));
        }
        if (mutants.isEmpty()) {
            throw usage("no mutant is in module " + module, "orrery sim mutants list");
        }
        return mutants;
    }

    private static ProblemException usage(String what, String next) {
        return new ProblemException(ExitCode.USAGE, what, "", next.isEmpty() ? "orrery sim mutants --help" : next);
    }
}
