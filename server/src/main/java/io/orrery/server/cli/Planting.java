package io.orrery.server.cli;

import io.orrery.server.config.NearestMatch;
import io.orrery.server.mutant.Checkout;
import io.orrery.server.mutant.Mutant;
import io.orrery.server.mutant.MutantCatalogue;
import io.orrery.server.mutant.MutantCompiler;
import io.orrery.server.mutant.MutantException;
import io.orrery.server.mutant.PlantedCommand;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.util.List;
import javax.tools.JavaCompiler;

/** What commands need to plant mutants; what is missing or does not fit is said as a usage error. */
final class Planting {
    private Planting() {}

    /**
     * Runs another command of the simulator with a mutant planted.
     *
     * @param arguments what follows {@code sim}
     * @return its exit code
     */
    static int run(String id, List<String> arguments) {
        Mutant mutant = mutant(catalogue(), id);
        try (MutantCompiler compiler = compiler()) {
            return PlantedCommand.run(compiler, mutant, arguments);
        } catch (MutantException e) {
            throw misfit(e);
        }
    }

    static MutantCatalogue catalogue() {
        try {
            return MutantCatalogue.load();
        } catch (MutantException e) {
            throw misfit(e);
        }
    }

    static Mutant mutant(MutantCatalogue catalogue, String id) {
        Mutant mutant = catalogue.mutant(id);
        if (mutant == null) {
            String nearest = NearestMatch.among(catalogue.ids(), id);
            String why = nearest.isEmpty() ? "" : "did you mean '" + nearest + "'?";
            throw new ProblemException(ExitCode.USAGE, "there is no mutant " + id, why, "orrery sim mutants list");
        }
        return mutant;
    }

    static MutantCompiler compiler() {
        return new MutantCompiler(checkout(), javac());
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

    private static JavaCompiler javac() {
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

    static ProblemException misfit(MutantException e) {
        return new ProblemException(
                ExitCode.USAGE,
                "mutant " + e.getMessage(),
                "a mutant replaces lines of the sources as they are",
                "mend it in server/src/main/resources/mutants");
    }
}
