package io.orrery.sim.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The first partition test of docs/SIMULATION.md, taken from there, compiled, and run in a JVM that was given no flag. */
class FirstPartitionTestTest {
    private static final Path ROOT =
            Path.of(System.getProperty("project.root", "..")).toAbsolutePath();

    @TempDir
    private Path directory;

    /** Runs a test class, as tools do, and says how many invocations passed and failed. */
    public static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws ClassNotFoundException {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(Class.forName(arguments[0])))
                                    .build(),
                            listener);
            listener.getSummary().getFailures().forEach(failure -> System.out.println(failure.getException()));
            System.out.println(listener.getSummary().getTestsSucceededCount() + " passed, "
                    + listener.getSummary().getTotalFailureCount() + " failed");
        }
    }

    private static String block(String language) throws IOException {
        String document = Files.readString(ROOT.resolve("docs/SIMULATION.md"));
        int section = document.indexOf("## A first partition test");
        int begin = document.indexOf("```" + language + "\n", section) + language.length() + 4;
        return document.substring(begin, document.indexOf("```", begin));
    }

    private Path compiled(String source) throws IOException {
        Path file = Files.writeString(directory.resolve("FirstPartitionTest.java"), source);
        String path = System.getProperty("java.class.path");
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", path, file.toString()));
        return directory;
    }

    private static String runWithoutAnyFlag(Path classes, String seeds) throws IOException, InterruptedException {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Child.class.getName(),
                        "FirstPartitionTest")
                .redirectErrorStream(true)
                .directory(classes.toFile());
        java.environment().put("CLASSPATH", classes + ":" + System.getProperty("java.class.path"));
        java.environment().put("ORRERY_SEEDS", seeds);
        java.environment().remove("JDK_JAVA_OPTIONS");
        java.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = java.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return said;
    }

    @Test
    void itTakesLessThanThirtyLinesWithItsDependencies() throws IOException {
        assertThat(block("java").lines().count() + block("xml").lines().count()).isLessThan(30);
    }

    @Test
    void itsDependenciesAreThisVersionAndTheOneItIsTestedWith() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String version = pom.replaceAll("(?s).*?<artifactId>orrery</artifactId>\\s*<version>([^<]*)<.*", "$1");
        String junit = pom.replaceAll("(?s).*<junit.version>([^<]*)<.*", "$1");
        assertThat(block("xml"))
                .contains("<artifactId>orrery-sim</artifactId><version>" + version + "</version>")
                .contains("<artifactId>junit-jupiter</artifactId><version>" + junit + "</version>");
    }

    @Test
    void itPassesWithoutAnyFlagOfTheJvm() throws IOException, InterruptedException {
        String said = runWithoutAnyFlag(compiled(block("java")), "100");
        assertThat(said).endsWith("1 passed, 0 failed\n");
    }

    @Test
    void itFailsWhenThePartitionNeverHeals() throws IOException, InterruptedException {
        String source = block("java");
        String unhealed = source.replace("\\nat 5s heal", "");
        assertTrue(unhealed.length() < source.length(), "the partition heals in the document");
        String said = runWithoutAnyFlag(compiled(unhealed), "3");
        assertThat(said)
                .contains("LIVENESS at 6.000000s")
                .contains("all know 42")
                .contains("at 0ms partition n1 | n2,n3")
                .endsWith("0 passed, 1 failed\n");
        assertTrue(Files.exists(directory.resolve("target/orrery")), "files are written below the working folder");
        assertThat(Pattern.compile("target/orrery/\\S+/scenario.txt")
                        .matcher(said)
                        .results()
                        .count())
                .isEqualTo(2);
    }
}
