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

    /** Of bugs that are known and not mended. */
    private static final Path OPEN = FOLDER.resolve("open");

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".scenario"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void noBugComesBack() throws IOException {
        List<String> failures = new ArrayList<>();
        for (Path file : files(FOLDER)) {
            RunResult result = run(file);
            if (!result.isOk()) {
                failures.add(file.getFileName() + ": " + result.failure());
            }
        }
        assertThat(failures).isEmpty();
        assertThat(files(FOLDER)).isNotEmpty();
    }

    @Test
    void eachSaysWhatItShows() throws IOException {
        for (Path file : files(FOLDER)) {
            assertThat(Files.readString(file)).as(file.toString()).startsWith("# ");
        }
    }

    /** One that passes is mended, or hidden by other steps: find out which, and move or renew its scenario. */
    @Test
    void openBugsStillShow() throws IOException {
        for (Path file : files(OPEN)) {
            assertThat(run(file).failure()).as(file.getFileName().toString()).isNotNull();
        }
    }

    private static RunResult run(Path file) throws IOException {
        Scenario scenario = Scenario.parse(Files.readString(file));
        return Runner.run(scenario, Simulations.workloads().make(scenario.workload()));
    }
}
