package io.orrery.server.cli;

import io.orrery.server.mutant.Mutant;
import io.orrery.server.mutant.MutantCatalogue;
import io.orrery.server.mutant.MutantCompiler;
import io.orrery.server.mutant.MutantException;
import io.orrery.server.mutant.ShrinkSweep;
import io.orrery.server.mutant.ShrinkTable;
import io.orrery.server.mutant.ShrunkMutant;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim mutants shrink}: how small the failures of known bugs become, and how long that takes. */
@Command(
        name = "shrink",
        mixinStandardHelpOptions = true,
        description = "Shrink the first failing seed of each mutant, and tell how small it became and what it took.")
final class MutantsShrinkCommand implements Callable<Integer> {
    @ParentCommand
    private MutantsCommand parent;

    @Option(names = "--only", paramLabel = "ID", split = ",", description = "Only these, such as M01,M03.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--seeds", paramLabel = "N", description = "Seeds of one search (default: ${DEFAULT-VALUE}).")
    private long seeds = 1000;

    @Mixin
    private Effort effort;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private MutantsCommand.Output output = MutantsCommand.Output.table;

    @Override
    public Integer call() {
        if (seeds < 1 || !effort.isSome()) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "--seeds, --seconds and --threads are at least 1",
                    "",
                    "orrery sim mutants shrink --help");
        }
        Console console = parent.console();
        ShrinkSweep sweep = new ShrinkSweep(seeds, effort.threads, effort.seconds);
        List<ShrunkMutant> results = new ArrayList<>();
        try (MutantCompiler compiler = Planting.compiler()) {
            for (Mutant mutant : chosen()) {
                ShrunkMutant result = sweep.shrink(compiler, mutant);
                console.say(ShrinkTable.line(result));
                results.add(result);
            }
        } catch (MutantException e) {
            throw Planting.misfit(e);
        }
        ShrinkTable table = new ShrinkTable(results);
        console.print(
                switch (output) {
                    case json -> table.json();
                    case markdown -> table.markdown();
                    case table -> table.summary();
                });
        return ExitCode.OK;
    }

    /** Those asked for, else all that are bugs. */
    private List<Mutant> chosen() {
        MutantCatalogue catalogue = Planting.catalogue();
        List<Mutant> mutants = new ArrayList<>();
        for (String id : only) {
            mutants.add(Planting.mutant(catalogue, id));
        }
        if (only.isEmpty()) {
            mutants.addAll(catalogue.all());
            mutants.removeIf(Mutant::harmless);
        }
        return mutants;
    }
}
