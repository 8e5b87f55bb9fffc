package io.orrery.server.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JVM in which seeds are run for comparison.
 *
 * @param name for people, such as {@code 17 hashCode=0}
 * @param command that starts it, up to the words of {@link Fingerprints#print}
 */
public record Jvm(String name, List<String> command) {
    /**
     * This JVM's kind twice, with different hash salts and collectors, and one of another version if there is one beside it.
     *
     * @param program class path, main class and arguments
     */
    public static List<Jvm> all(List<String> program) {
        Path home = Path.of(System.getProperty("java.home"));
        String version = Integer.toString(Runtime.version().feature());
        List<Jvm> jvms = new ArrayList<>();
        jvms.add(jvm(version + " hashCode=0 serial", home, program, "-XX:hashCode=0", "-XX:+UseSerialGC"));
        jvms.add(jvm(version + " hashCode=5 parallel", home, program, "-XX:hashCode=5", "-XX:+UseParallelGC"));
        Path other = otherHome(home);
        if (other != null) {
            jvms.add(jvm(other.getFileName().toString(), other, program, "-XX:hashCode=2", "-XX:+UseSerialGC"));
        }
        return jvms;
    }

    private static Jvm jvm(String name, Path home, List<String> program, String... flags) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("java").toString());
        command.add("-XX:+UnlockExperimentalVMOptions");
        command.addAll(List.of(flags));
        command.addAll(program);
        return new Jvm(name, command);
    }

    /** The home of another feature version that this program runs on, among the neighbours of this one; null if none. */
    private static Path otherHome(Path home) {
        int mine = Runtime.version().feature();
        try (Stream<Path> siblings = Files.list(home.toRealPath().getParent())) {
            return siblings.sorted()
                    .filter(sibling -> Files.isExecutable(sibling.resolve("bin").resolve("java")))
                    .filter(sibling -> feature(sibling) >= 17 && feature(sibling) != mine)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** The feature version that a JDK's release file names; 0 if it names none. */
    private static int feature(Path home) {
        try {
            for (String line : Files.readAllLines(home.resolve("release"))) {
                if (line.startsWith("JAVA_VERSION=\"")) {
                    return Integer.parseInt(line.substring(14).split("[.\"]")[0]);
                }
            }
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
        return 0;
    }
}
