package io.orrery.server.cli;

import io.orrery.server.config.NearestMatch;
import io.orrery.server.mutant.Checkout;
import io.orrery.server.mutant.Mutant;
import io.orrery.server.mutant.MutantCatalogue;
import io.orrery.server.mutant.MutantCompiler;
import io.orrery.server.mutant.MutantException;
import io.orrery.server.mutant.MutantHunt;
import io.orrery.server.mutant.MutantReport;
import io.orrery.server.mutant.MutantResult;
import io.orrery.server.mutant.MutantSweep;
import io.orrery.server.mutant.PlantedCommand;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.simulation.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import javax.tools.JavaCompiler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim mutants}: plants known bugs one at a time, and counts the seeds until each is found. */
@Command(
        name = "mutants",
        mixinStandardHelpOptions = true,
        description = "Plant known bugs, one at a time, and count the seeds that it takes to find each.",
        footer = {
            "",
            "Needs a JDK and the sources this program was built from. See docs/SIMULATION.md, Mutants.",
            "Exit codes: 0 every bug found and nothing harmless flagged, 1 not so, 2 usage."
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
        all;

        List<Strategy> list() {
            return this == all
                    ? Arrays.asList(Strategy.values())
                    : List.of(this == swarm ? Strategy.SWARM : Strategy.RANDOM);
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
            description = "After which a search is given up, on the wall (default: ${DEFAULT-VALUE}).")
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
        List<Mutant> mutants = chosen(catalogue());
        int sideBySide = Math.min(Math.min(MutantSweep.SIDE_BY_SIDE, threads), mutants.size());
        MutantHunt hunt = new MutantHunt(seeds, Math.max(1, threads / sideBySide), workload, searchSeconds);
        Console console = sim.console();
        List<MutantResult> results;
        try (MutantCompiler compiler = new MutantCompiler(checkout(), compiler());
                MutantSweep sweep = new MutantSweep(compiler, hunt, firstSeed, restarts, sideBySide)) {
            results = sweep.run(mutants, strategy.list(), result -> console.say(MutantReport.line(result)));
        } catch (MutantException e) {
            throw misfit(e);
        }
        MutantReport report = new MutantReport(results, seeds);
        console.print(
                switch (output) {
                    case json -> report.json();
                    case markdown -> report.markdown();
                    case table -> table(results) + "\n\n" + report.summary();
                });
        return report.isGood() ? ExitCode.OK : ExitCode.FALSE;
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
        for (Mutant mutant : catalogue().all()) {
            String harmless = mutant.harmless() ? " (harmless)" : "";
            table.row(mutant.id(), mutant.module(), mutant.source(), mutant.title() + harmless);
        }
        sim.console().print(table.text());
    }

    /** So that a bug can be looked at, shrunk and drawn like one of one's own. */
    @Command(
            name = "plant",
            mixinStandardHelpOptions = true,
            description = "Run another 'sim' command with a mutant planted: plant M01 replay --seed 7.")
    int plant(
            @Parameters(index = "0", paramLabel = "ID", description = "The mutant.") String id,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "ARGUMENT", description = "What follows 'sim'.")
                    List<String> arguments) {
        Mutant mutant = mutant(catalogue(), id);
        try (MutantCompiler compiler = new MutantCompiler(checkout(), compiler())) {
            return PlantedCommand.run(compiler, mutant, arguments);
        } catch (MutantException e) {
            throw misfit(e);
        }
    }

    private static MutantCatalogue catalogue() {
        try {
            return MutantCatalogue.load();
        } catch (MutantException e) {
            throw misfit(e);
        }
    }

    private List<Mutant> chosen(MutantCatalogue catalogue) {
        List<Mutant> mutants = new ArrayList<>();
        if (only.isEmpty()) {
            mutants.addAll(catalogue.all());
        }
        for (String id : only) {
            mutants.add(mutant(catalogue, id));
        }
        if (!module.isEmpty()) {
            mutants.removeIf(mutant -> !mutant.module().equals(module));
        }
        if (mutants.isEmpty()) {
            throw usage("no mutant is in module " + module, "orrery sim mutants list");
        }
        return mutants;
    }

    private static Mutant mutant(MutantCatalogue catalogue, String id) {
        Mutant mutant = catalogue.mutant(id);
        if (mutant == null) {
            String nearest = NearestMatch.among(catalogue.ids(), id);
            String why = nearest.isEmpty() ? "" : "did you mean '" + nearest + "'?";
            throw new ProblemException(ExitCode.USAGE, "there is no mutant " + id, why, "orrery sim mutants list");
        }
        return mutant;
    }

    private static Checkout checkout() {
        Checkout checkout = Checkout.find();
        if (checkout == null) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "the sources of this program are not here",
                    "a mutant is an edit of them, compiled beside the running program",
                    "run it as ./orrery in a checkout, or with -D" + Checkout.PROPERTY + "=FOLDER");
        }
        return checkout;
    }

    private static JavaCompiler compiler() {
        JavaCompiler compiler = MutantCompiler.systemCompiler();
        if (compiler == null) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "this Java runtime has no compiler: " + System.getProperty("java.home"),
                    "a mutant is an edit of the sources, compiled beside the running program",
                    "set JAVA_HOME to a JDK, 17 or newer");
        }
        return compiler;
    }

    private static ProblemException usage(String what, String next) {
        return new ProblemException(ExitCode.USAGE, what, "", next.isEmpty() ? "orrery sim mutants --help" : next);
    }

    private static ProblemException misfit(MutantException e) {
        return new ProblemException(
                ExitCode.USAGE,
                "mutant " + e.getMessage(),
                "a mutant replaces lines of the sources as they are",
                "mend it in server/src/main/resources/mutants");
    }
}
