package io.orrery.jepsen.history;

import io.orrery.jepsen.edn.EdnException;
import io.orrery.sim.check.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The histories beside this class, whose verdicts are known. */
final class Golden {
    private Golden() {}

    /** The files whose names begin so, sorted. */
    static List<Path> files(String prefix) {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.toString().endsWith(".edn"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static History history(Path file) {
        try {
            return EdnHistory.read(text(file));
        } catch (EdnException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    /** The number that follows a word in the file's first line. */
    static long number(Path file, String word) {
        Matcher named = Pattern.compile("^; .*?" + word + " (\\d+)").matcher(text(file));
        if (!named.find()) {
            throw new IllegalStateException(file + " names no " + word);
        }
        return Long.parseLong(named.group(1));
    }

    private static Path folder() {
        try {
            return Path.of(Golden.class
                            .getResource("register-accepted-sequential.edn")
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
