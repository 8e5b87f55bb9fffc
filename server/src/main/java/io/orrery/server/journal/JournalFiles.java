package io.orrery.server.journal;

import io.orrery.kernel.journal.Block;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Journals on disk: each boot begins a new one, and the few before it are kept beside it. */
public final class JournalFiles {
    /** Journals of earlier boots that are kept, as FILE.1, the latest, to FILE.4. */
    public static final int KEPT_MAX = 4;

    private JournalFiles() {}

    /** Whether the file begins as a journal does. */
    public static boolean isJournal(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Block.isJournal(in.readNBytes(Block.MAGIC_BYTES));
        }
    }

    /**
     * Makes way for a new journal: one that is there becomes FILE.1, and so on; the oldest goes.
     *
     * @throws ProblemException if something else is there, or the folder cannot be written; then nothing has changed
     */
    public static Path makeWay(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                return file;
            }
            if (Files.isDirectory(file) || !isJournal(file)) {
                throw new ProblemException(
                        ExitCode.USAGE,
                        "record.file is " + file + ", and what is there is no journal",
                        "it would be overwritten",
                        "name a file that does not exist");
            }
            for (int i = KEPT_MAX; i > 0; i--) {
                Path older = i == 1 ? file : numbered(file, i - 1);
                if (Files.exists(older)) {
                    Files.move(older, numbered(file, i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return file;
        } catch (IOException e) {
            throw new ProblemException(
                    ExitCode.UNREACHABLE,
                    "cannot record to " + file,
                    Problem.reason(e),
                    "choose another place: --record FILE");
        }
    }

    private static Path numbered(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
