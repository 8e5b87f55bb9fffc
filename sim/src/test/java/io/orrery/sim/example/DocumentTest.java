package io.orrery.sim.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/SIMULATION.md and its reference say what is true. */
class DocumentTest {
    private static final Path ROOT =
            Path.of(System.getProperty("project.root", "..")).toAbsolutePath();

    private static final String GUIDE = "docs/SIMULATION.md";
    private static final String FAULTS = "docs/simulation/FAULTS.md";

    private static String document(String name) throws IOException {
        return Files.readString(ROOT.resolve(name));
    }

    private static String block(String name, String language) throws IOException {
        String document = document(name);
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
        assertEquals(example.indent(-4), block(GUIDE, "java"));
    }

    @Test
    void scenarioParsesAndKeepsToItsBudget() throws IOException {
        Scenario scenario = Scenario.parse(block(FAULTS, "scenario"));
        assertEquals(null, FaultBudget.objection(scenario));
        assertEquals(scenario, Scenario.parse(scenario.toString()));
    }

    @Test
    void everyKindOfLineIsInTheReference() throws IOException {
        String document = document(FAULTS);
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
