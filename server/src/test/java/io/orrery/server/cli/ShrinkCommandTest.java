package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.server.json.Json;
import io.orrery.server.problem.ExitCode;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.shrink.FailureIdentity;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shrinks what fails without any bug: most disks are replaced by empty ones, after which no group may go on as if nothing had been there.
 */
class ShrinkCommandTest {
    private static final String WIPED = """
            seed 7
            nodes 3
            workload raft
            rate 40/s
            horizon 5s
            at 0ms link * delay 200us..3ms
            at 500ms pause n1 20ms
            at 1s clock n2 step +2s
            at 2s wipe n1
            at 2s wipe n2
            at 2s wipe n3
            at 2500ms restart n1
            at 2500ms restart n2
            at 2500ms restart n3
            at 3s stream n1>n2 reset
            """;

    @TempDir
    private Path folder;

    private final CommandTester tester = new CommandTester(Map.of());

    private Path wiped() throws IOException {
        return Files.writeString(folder.resolve("wiped.scenario"), WIPED);
    }

    @Test
    void aFailingScenarioEndsAsASmallFileThatFailsForTheSameReason() throws IOException {
        Path small = folder.resolve("small.scenario");
        assertThat(tester.run("sim", "shrink", wiped().toString(), "--out", small.toString()))
                .as(tester.err())
                .isEqualTo(ExitCode.OK);
        assertThat(tester.out())
                .contains("faults", "operations", "nodes", "time", "1-minimal", "replay " + small)
                .doesNotContain("budget ended");
        String text = Files.readString(small);
        assertThat(text).startsWith("# LIVENESS").contains("# 1-minimal", "# replay: ./orrery sim replay " + small);
        assertThat(Scenario.parse(text).plan().faults()).hasSizeLessThan(5);
        assertThat(tester.run("sim", "replay", small.toString(), "--quiet")).isEqualTo(SimCommand.EXIT_LIVENESS);
    }

    @Test
    void theTestToPasteCompilesAndFailsForTheSameReason() throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "a runtime without a compiler");
        Path source = folder.resolve("WipedDisksTest.java");
        assertThat(tester.run("sim", "shrink", wiped().toString(), "-o", "json", "--junit", source.toString()))
                .isEqualTo(ExitCode.OK);
        Json said = Json.parse(tester.out());
        assertThat(said.text("test")).isEqualTo(Files.readString(source));
        String classPath = System.getProperty("java.class.path");
        int compiled = compiler.run(
                null, null, null, "-proc:none", "-cp", classPath, "-d", folder.toString(), source.toString());
        assertThat(compiled).as(Files.readString(source)).isZero();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> type = loader.loadClass("WipedDisksTest");
            Method test = type.getDeclaredMethod("allComesRightOnceTheFaultsAreOver");
            test.setAccessible(true);
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object instance = constructor.newInstance();
            assertThatThrownBy(() -> test.invoke(instance))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(said.text("failure"));
        }
    }

    @Test
    void theResultDoesNotDependOnThreads() throws IOException {
        String file = wiped().toString();
        tester.run("sim", "shrink", file, "--threads", "1");
        String one = tester.out();
        tester.run("sim", "shrink", file, "--threads", "3");
        assertThat(tester.out()).isEqualTo(one).contains("# 1-minimal");
    }

    @Test
    void aSeedThatPassesIsAClearError() {
        String[] calm = {"sim", "shrink", "--seed", "3", "--calm", "--horizon-seconds", "1", "--workload", "raft"};
        assertThat(tester.run(calm)).isEqualTo(ExitCode.USAGE);
        assertThat(tester.err())
                .contains("nothing to shrink: seed 3 does not fail", "orrery sim --seeds")
                .doesNotContain("Exception");
        assertThat(tester.out()).isEmpty();
    }

    @Test
    void amongSeedsThatPassThereIsNothingToShrink() {
        String[] calm = {"sim", "shrink", "--seeds", "2", "--calm", "--horizon-seconds", "1", "--workload", "raft"};
        assertThat(tester.run(calm)).isEqualTo(ExitCode.USAGE);
        assertThat(tester.err()).contains("none of 2 seeds fails");
    }

    @Test
    void aMalformedFileIsRefusedWithLineAndColumnAndNothingIsWritten() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.scenario"), WIPED + "at 4s partitoin n1 | n2\n");
        Path out = folder.resolve("small.scenario");
        assertThat(tester.run("sim", "shrink", bad.toString(), "--out", out.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(tester.err()).contains("line 16, column 7", "did you mean 'partition'?");
        assertThat(out).doesNotExist();
    }

    @Test
    void whatCannotBeDoneIsAUsageErrorBeforeAnythingRuns() throws IOException {
        String file = wiped().toString();
        for (List<String> wrong : List.<List<String>>of(
                List.of(),
                List.of(file, "--seed", "7"),
                List.of("--seed", "7", "--seeds", "9"),
                List.of(file, "--seconds", "0"),
                List.of(file, "--junit", folder.resolve("not-java.txt").toString()),
                List.of(file, "--junit", folder.resolve("9Lives.java").toString()),
                List.of(file, "--out", folder.resolve("none/small.scenario").toString()),
                List.of("--mutant", "Z99", "--seed", "1"))) {
            String[] arguments = new String[wrong.size() + 2];
            arguments[0] = "sim";
            arguments[1] = "shrink";
            for (int i = 0; i < wrong.size(); i++) {
                arguments[i + 2] = wrong.get(i);
            }
            assertThat(tester.run(arguments)).as(wrong.toString()).isEqualTo(ExitCode.USAGE);
            assertThat(tester.err()).as(wrong.toString()).contains("error:").doesNotContain("Exception");
        }
    }

    @Test
    void identitiesOfTheSameClaimAreOne() throws IOException {
        tester.run("sim", "shrink", wiped().toString(), "-o", "json");
        Json said = Json.parse(tester.out());
        assertThat(said.truth("minimal")).isNotEqualTo(said.truth("budgetEnded"));
        assertThat(said.at("after").number("faults"))
                .isLessThan(said.at("before").number("faults"));
        assertThat(said.text("claim")).startsWith(new FailureIdentity("LIVENESS", "").toString());
    }
}
