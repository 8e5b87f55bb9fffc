package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.json.Json;
import io.orrery.server.problem.ExitCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchFailoverTest {
    private final CommandTester tester = new CommandTester(Map.of());

    @Test
    void aDeadLeaderIsReplacedWithinOneAndAHalfTimeoutsAndALivingOneHandsOverAtOnceAndEachRunSaysTheSame() {
        String[] command = {"bench", "failover", "--trials", "10", "-o", "json"};
        assertThat(tester.run(command)).as(tester.err()).isEqualTo(ExitCode.OK);
        String first = tester.out();
        Json said = Json.parse(first);
        assertThat(said.number("transferMicrosMax")).isLessThan(50_000);
        assertThat(said.number("failed")).isZero();
        assertThat(said.number("failoverMicrosMax")).isLessThan(said.number("electionMicros") * 3 / 2);
        assertThat(said.number("split")).isZero();
        assertThat(tester.run(command)).isEqualTo(ExitCode.OK);
        assertThat(tester.out()).isEqualTo(first);
    }

    @Test
    void sevenVotersOnLongLinksTakeTurns() {
        String[] command = {"bench", "failover", "--trials", "5", "--voters", "7", "--delay", "50", "-o", "json"};
        assertThat(tester.run(command)).as(tester.err()).isEqualTo(ExitCode.OK);
        Json said = Json.parse(tester.out());
        assertThat(said.number("failoverMicrosP50")).isLessThan(said.number("electionMicros") * 3 / 2);
    }

    @Test
    void noTrialsAreAClearError() {
        assertThat(tester.run("bench", "failover", "--trials", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(tester.err()).contains("--trials is from 1 to");
    }
}
