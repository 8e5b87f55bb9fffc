package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.json.Json;
import io.orrery.server.problem.ExitCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchCheckersTest {
    private final CommandTester orrery = new CommandTester(Map.of());

    @Test
    void everyHistoryIsJudgedAndOnlyTheStaleReadIsRejected() {
        int exitCode = orrery.run("bench", "checkers", "--operations", "400", "--seeds", "2", "-o", "json");
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        List<Json> rows = Json.parse(orrery.out()).list("checkers");
        assertThat(rows).hasSize(5);
        for (Json row : rows) {
            boolean isStale = row.text("histories").endsWith("a stale read");
            assertThat(row.number("operations")).isEqualTo(400);
            assertThat(row.number("invalid")).as(row.text("histories")).isEqualTo(isStale ? 2 : 0);
            assertThat(row.number("valid") + row.number("undecided")).isEqualTo(isStale ? 0 : 2);
            assertThat(row.at("steps").number("median")).isPositive();
        }
    }

    @Test
    void noOperationsAreRefused() {
        assertThat(orrery.run("bench", "checkers", "--operations", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(orrery.err()).startsWith("error: --operations and --seeds are at least 1");
    }
}
