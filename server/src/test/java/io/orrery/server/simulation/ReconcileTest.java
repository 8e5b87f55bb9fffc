package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The same seeds of the whole cluster in two JVMs take the same steps. Within one JVM a leaked identity hash or a salted
 * iteration order repeats itself; between two, with different hash modes, it does not.
 */
class ReconcileTest {
    private static final String[] BURN = {"sim", "--seeds", "6", "--horizon-seconds", "10", "-o", "json"};

    @Test
    void twoJvmsWithDifferentSaltsTakeTheSameSteps() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String first = traceHash(java, "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=0");
        String second = traceHash(java, "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=5", "-XX:+UseParallelGC");
        assertThat(second).isEqualTo(first).hasSize(16);
    }

    @Test
    void anotherJavaVersionTakesTheSameSteps() throws Exception {
        Path other = otherJava();
        Assumptions.assumeTrue(other != null, "skipped: there is no other JDK beside this one");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertThat(traceHash(other)).isEqualTo(traceHash(java));
    }

    /** A java of another feature version, beside this one. */
    private static Path otherJava() throws IOException {
        Path home = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> siblings = Files.list(home.getParent())) {
            return siblings.sorted()
                    .filter(sibling -> sibling.getFileName().toString().contains("25")
                                    && Runtime.version().feature() != 25
                            || sibling.getFileName().toString().contains("17")
                                    && Runtime.version().feature() != 17)
                    .map(sibling -> sibling.resolve("bin").resolve("java"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(null);
        }
    }

    private static String traceHash(Path java, String... flags) throws Exception {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.orrery.server.Main"));
        command.addAll(List.of(BURN));
        Path out = Files.createTempFile("reconcile", ".json");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                assertThat(process.waitFor(5, TimeUnit.MINUTES))
                        .as("ended in time")
                        .isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
            Json summary = Json.parse(Files.readString(out, StandardCharsets.UTF_8));
            assertThat(summary.number("seeds")).isEqualTo(6);
            return summary.text("traceHash");
        } finally {
            Files.delete(out);
        }
    }
}
