package io.orrery.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orrery.kernel.Time;
import io.orrery.kernel.trace.TraceHash;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Some things are the same for the whole life of a JVM and differ between two. So: two JVMs, made as different as may be. */
class ReconcileTest {
    /** Burns a few seeds and prints what they came to. */
    public static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            System.out.println(burn());
        }
    }

    private static String burn() {
        Scenario calm = Scenario.calm(1, 5, "counter", Time.seconds(10));
        BurnSummary summary = new Burn(calm, CounterWorkload::careless).run(1, 4, Workers.ONE, result -> {});
        return TraceHash.hex(summary.traceHash()) + " " + summary.events() + " " + summary.faults();
    }

    @Test
    void anotherJvmTakesTheSameSteps() throws IOException, InterruptedException {
        String here = burn();
        assertEquals(here, inJvm("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2", "-XX:TieredStopAtLevel=1"));
        assertEquals(here, inJvm("-XX:+UseSerialGC", "-Xint"));
    }

    private static String inJvm(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return said.strip();
    }
}
