package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bugs that the simulator found, each as the smallest scenario that showed it. */
class ScenariosTest {
    private static final Path FOLDER = Path.of(System.getProperty("project.root", ".."))
            .toAbsolutePath()
            .resolve("server/src/test/resources/scenarios");

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".scenario"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void noBugComesBack() throws IOException {
        List<String> failures = new ArrayList<>();
        for (Path file : files()) {
            Scenario scenario = Scenario.parse(Files.readString(file));
            RunResult result = Runner.run(scenario, Simulations.workloads().make(scenario.workload()));
            if (!result.isOk()) {
                failures.add(file.getFileName() + ": " + result.failure());
            }
        }
        assertThat(failures).isEmpty();
        assertThat(files()).isNotEmpty();
    }

    @Test
    void eachSaysWhatItShows() throws IOException {
        for (Path file : files()) {
            assertThat(Files.readString(file)).as(file.toString()).startsWith("# ");
        }
    }
}
