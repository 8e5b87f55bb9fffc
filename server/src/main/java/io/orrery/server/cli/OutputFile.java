package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes because somebody named it. */
final class OutputFile {
    private OutputFile() {}

    /** Before what takes long: a place that cannot be written to is an error now, not afterwards. */
    static void check(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw problem(path, "there is no directory " + folder);
        }
        if (Files.isDirectory(path)) {
            throw problem(path, "it is a directory");
        }
        if (!Files.isWritable(Files.exists(path) ? path : folder)) {
            throw problem(path, "permission denied");
        }
    }

    static void write(Path path, String text) {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path path, byte[] bytes) {
        try {
            Files.write(path, bytes);
        } catch (IOException e) {
            throw problem(path, Problem.reason(e));
        }
    }

    private static ProblemException problem(Path path, String why) {
        return new ProblemException(ExitCode.USAGE, "cannot write " + path, why, "name another file");
    }
}
