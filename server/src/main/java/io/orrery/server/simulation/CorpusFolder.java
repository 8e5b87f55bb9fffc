package io.orrery.server.simulation;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import io.orrery.sim.choice.DecisionFile;
import io.orrery.sim.explore.Corpus;
import io.orrery.sim.explore.Explorer;
import io.orrery.sim.explore.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A corpus as files of decisions in a folder: any of them can be replayed. */
public final class CorpusFolder {
    private static final String SUFFIX = ".decisions";
    private static final String KEPT = "kept-";

    private final Path folder;

    /**
     * Uses a folder, which is made if there is none.
     *
     * @throws ProblemException if it cannot be
     */
    public CorpusFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw problem("cannot use the folder " + folder, Problem.reason(e));
        }
        if (!Files.isWritable(folder)) {
            throw problem("cannot use the folder " + folder, "it may not be written to");
        }
    }

    /**
     * Has all runs of the folder run first, those that failed among them; how many there are.
     *
     * @throws ProblemException if one of the files is no log of decisions, or of a workload that there is not
     */
    public int giveTo(Explorer explorer) {
        List<Path> files = files(SUFFIX);
        for (Path file : files) {
            RunFile run = RunFile.read(file);
            if (run.decisions() == null) {
                throw problem(file + " is no log of decisions", "a corpus holds what 'sim explore' wrote");
            }
            explorer.give(run.scenario(), new DecisionFile(run.scenario().toString(), run.decisions()).encode());
        }
        return files.size();
    }

    private List<Path> files(String suffix) {
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(
                    all.filter(file -> file.getFileName().toString().endsWith(suffix))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw problem("cannot read the folder " + folder, Problem.reason(e));
        }
    }

    /** Writes the runs that are kept in the place of those that were; failures stay. */
    public void write(Corpus corpus) {
        try {
            for (Path file : files(SUFFIX)) {
                if (file.getFileName().toString().startsWith(KEPT)) {
                    Files.delete(file);
                }
            }
            int number = 1;
            for (Kept run : corpus.runs()) {
                String digits = Integer.toString(number++);
                Files.write(
                        folder.resolve(KEPT + "0".repeat(Math.max(0, 4 - digits.length())) + digits + SUFFIX),
                        run.file());
            }
        } catch (IOException e) {
            throw problem("cannot write to the folder " + folder, Problem.reason(e));
        }
    }

    /** Writes a run that failed; where. */
    public static Path writeFailure(Path folder, long firstSeed, long run, byte[] decisions) {
        Path file = folder.resolve("failure-" + firstSeed + "-" + run + SUFFIX);
        try {
            Files.createDirectories(folder);
            return Files.write(file, decisions);
        } catch (IOException e) {
            throw problem("cannot write " + file, Problem.reason(e));
        }
    }

    private static ProblemException problem(String what, String why) {
        return new ProblemException(ExitCode.USAGE, what, why, "--corpus names another folder");
    }
}
