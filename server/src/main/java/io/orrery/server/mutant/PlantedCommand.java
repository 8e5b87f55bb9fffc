package io.orrery.server.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs one command of the simulator with a mutant planted, on this terminal. */
public final class PlantedCommand {
    /** In the planted program, the mutant's id; what it says to type next begins with planting it again. */
    private static final String PROPERTY = "orrery.planted";

    private PlantedCommand() {}

    /** The words before a command of {@code sim} that bring it into this program's state: none, or those that plant it. */
    public static String prefix() {
        String planted = System.getProperty(PROPERTY);
        return planted == null ? "" : "mutants plant " + planted + " ";
    }

    /**
     * @param arguments what follows {@code sim}
     * @return the command's exit code
     * @throws MutantException if the mutant does not fit the sources
     */
    public static int run(MutantCompiler compiler, Mutant mutant, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.add(0, "sim");
        Path overlay = null;
        try {
            overlay = Files.createTempDirectory("orrery-mutant");
            compiler.compile(mutant, overlay);
            return PlantedJvm.of(overlay, List.of("-D" + PROPERTY + "=" + mutant.id()), all)
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run a command with " + mutant.id() + " planted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a planted command ran", e);
        } finally {
            MutantSweep.delete(overlay);
        }
    }
}
