package io.orrery.server.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orrery sim mutants plant}: so that a bug can be looked at, shrunk and drawn like one of one's own. */
@Command(
        name = "plant",
        mixinStandardHelpOptions = true,
        description = "Run another 'sim' command with a mutant planted: plant M01 replay --seed 7.")
final class PlantCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "The mutant.")
    private String id;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "ARGUMENT", description = "What follows 'sim'.")
    private List<String> arguments;

    /** What comes behind the mutant is the other command's, options included. */
    @Spec
    void spec(CommandSpec spec) {
        spec.parser().stopAtPositional(true);
    }

    @Override
    public Integer call() {
        return Planting.run(id, arguments);
    }
}
