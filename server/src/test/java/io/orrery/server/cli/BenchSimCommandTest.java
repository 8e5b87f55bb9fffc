package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.json.Json;
import io.orrery.server.problem.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchSimCommandTest {
    private final CommandTester orrery = new CommandTester(Map.of());

    @Test
    void everyFigureStandsBesideItsTargetAndTheLoadItWasMeasuredWith() {
        assertThat(orrery.run("bench", "sim", "--seeds", "1", "--rounds", "1", "-o", "json"))
                .isEqualTo(ExitCode.OK);
        Json result = Json.parse(orrery.out());
        List<Json> figures = result.list("figures");
        assertThat(figures).hasSizeGreaterThanOrEqualTo(8);
        for (Json figure : figures) {
            String name = figure.text("name");
            assertThat(figure.number("target")).as(name).isPositive();
            assertThat(figure.number("median")).as(name).isBetween(figure.number("min"), figure.number("max"));
        }
        List<Json> loads = result.list("loads");
        assertThat(figures)
                .allMatch(figure ->
                        loads.stream().anyMatch(load -> load.text("name").equals(figure.text("load"))));
        for (Json load : loads) {
            assertThat(load.number("events")).as(load.text("name")).isPositive();
        }
        runAgain(loads.stream()
                .filter(load -> load.text("name").equals("cluster"))
                .findFirst());
    }

    /** The seed of a load, by the command that the load names. */
    private void runAgain(Optional<Json> load) {
        String command = load.orElseThrow().text("replay") + "1 --quiet";
        assertThat(orrery.run(command.replace("./orrery ", "").split(" ", -1))).isEqualTo(ExitCode.OK);
        assertThat(orrery.out()).contains("seed 1 ", " ok");
    }

    @Test
    void aRoundWithoutSeedsIsRefused() {
        assertThat(orrery.run("bench", "sim", "--seeds", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(orrery.err()).contains("at least 1");
    }
}
