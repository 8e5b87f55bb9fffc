package io.orrery.sim.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/SIMULATION.md says what is true. */
class DocumentTest {
    private static final Path ROOT =
            Path.of(System.getProperty("project.root", "..")).toAbsolutePath();

    private static String document() throws IOException {
        return Files.readString(ROOT.resolve("docs/SIMULATION.md"));
    }

    private static String block(String language) throws IOException {
        String document = document();
        int begin = document.indexOf("```" + language + "\n");
        assertTrue(begin >= 0, "the document has a block of " + language);
        int from = begin + language.length() + 4;
        return document.substring(from, document.indexOf("```", from));
    }

    @Test
    void exampleIsTheOneThatRuns() throws IOException {
        String source = Files.readString(ROOT.resolve("sim/src/test/java/io/orrery/sim/example/QuestionTest.java"));
        String example = source.substring(
                source.indexOf("// example begins\n") + "// example begins\n".length(),
                source.indexOf("    // example ends"));
        assertEquals(example.indent(-4), block("java"));
    }

    @Test
    void scenarioParsesAndKeepsToItsBudget() throws IOException {
        Scenario scenario = Scenario.parse(block("scenario"));
        assertEquals(null, FaultBudget.objection(scenario));
        assertEquals(scenario, Scenario.parse(scenario.toString()));
    }

    @Test
    void everyKindOfLineIsInTheReference() throws IOException {
        String document = document();
        for (String word : new String[] {
            "bridge",
            "busy",
            "clock",
            "crash",
            "disk",
            "flap",
            "heal",
            "isolate",
            "link",
            "partition",
            "pause",
            "power-loss",
            "restart",
            "ring",
            "stream",
            "swizzle",
            "version",
            "wipe"
        }) {
            assertTrue(document.contains("\n| `" + word), word + " is explained");
        }
    }
}
