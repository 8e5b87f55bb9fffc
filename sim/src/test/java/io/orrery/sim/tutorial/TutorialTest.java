package io.orrery.sim.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orrery.sim.junit.Launched;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tutorial of docs/SIMULATION.md does what it says. */
class TutorialTest {
    private static final Path ROOT =
            Path.of(System.getProperty("project.root", "..")).toAbsolutePath();
    private static final String METHOD = "acknowledgedIncrementIsOnMostNodes";

    @TempDir
    private Path directory;

    private static String tutorial() throws IOException {
        String document = Files.readString(ROOT.resolve("docs/SIMULATION.md"));
        int begin = document.indexOf("## Tutorial: a counter");
        return document.substring(begin, document.indexOf("\n## ", begin));
    }

    private static String code(String type) throws IOException {
        String source = Files.readString(ROOT.resolve("sim/src/test/java/io/orrery/sim/tutorial/" + type + ".java"));
        String begin = "// tutorial begins\n";
        return source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// tutorial ends"));
    }

    /** The tutorial's blocks of output: the message, then the trace. */
    private static List<String> outputs() throws IOException {
        return Pattern.compile("```text\n(.*?)```", Pattern.DOTALL)
                .matcher(tutorial())
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private Launched launch(String... overrides) {
        Map<String, String> parameters = new TreeMap<>(Map.of("orrery.directory", directory.toString()));
        for (int i = 0; i < overrides.length; i += 2) {
            parameters.put(overrides[i], overrides[i + 1]);
        }
        return Launched.method(CounterSimulation.class, METHOD, parameters);
    }

    private Path written(String file) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> path.endsWith(file)).findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HastyCounter", "CounterSimulation", "SoberCounter"})
    void codeInTheTutorialIsTheCodeThatRuns(String type) throws IOException {
        assertThat(tutorial()).contains("```java\n" + code(type) + "```");
    }

    @Test
    void testOfTheMendedCounterIsTheOneThatRuns() throws IOException {
        String shown = tutorial().substring(tutorial().indexOf("```java\nclass CounterTest ") + 8);
        assertThat(code("CounterTest")).startsWith(shown.substring(0, shown.indexOf("        ...")));
        String before = code("CounterSimulation").replaceAll("(?s)^.*?cluster.boot[^\n]*", "");
        String after = code("CounterTest").replaceAll("(?s)^.*?cluster.boot[^\n]*", "");
        assertEquals(before, after);
    }

    @Test
    void bugIsFoundWithinAThousandSeedsAndShrunkToLittle() throws IOException {
        assertThat(launch().message())
                .contains("1000 seeds from 1 on")
                .contains("an acknowledged increment is on most nodes");
        Scenario smallest = Scenario.parse(Files.readString(written("scenario.txt")));
        assertThat(smallest.plan().faults()).isNotEmpty().hasSizeLessThanOrEqualTo(3);
        assertThat(smallest.operations().ranges()).hasSize(1);
    }

    @Test
    void scenarioInTheTutorialLeavesTheTraceInTheTutorial() throws IOException {
        String message = outputs().get(0);
        Path file = Files.writeString(directory.resolve("told.txt"), told(message));
        assertThat(launch("orrery.scenario", file.toString()).message())
                .contains(found(message, "then: ([^\n]*)").group(1));
        String trace = Files.readString(written("trace.txt"));
        String since = trace.substring(trace.lastIndexOf('\n', trace.indexOf(" world fault")) + 1);
        assertEquals(since, outputs().get(1), "the trace in docs/SIMULATION.md is not that of its scenario any more");
    }

    /** The scenario that the message tells of. */
    private static String told(String message) {
        StringBuilder scenario = new StringBuilder("nodes 5\nhorizon 20s\nworkload counter-simulation-");
        scenario.append(METHOD.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        scenario.append("\nseed ").append(found(message, "-Dorrery.seed=(\\d+)").group(1));
        scenario.append("\noperations ")
                .append(found(message, "\n *operations ([\\d,-]+)").group(1));
        Pattern.compile("\n +(at [^\n]*)")
                .matcher(message)
                .results()
                .forEach(line -> scenario.append('\n').append(line.group(1)));
        return scenario.append('\n').toString();
    }

    private static MatchResult found(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow();
    }
}
