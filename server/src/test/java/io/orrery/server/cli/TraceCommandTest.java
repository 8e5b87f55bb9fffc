package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceCommandTest {
    private final CommandTester tester = new CommandTester(Map.of());

    @Test
    void everyLineIsAStepWithTheStateThatItLeft() {
        int exitCode =
                tester.run("sim", "trace", "--workload", "raft", "--nodes", "5", "--seed", "5", "--lines", "800");

        List<String> lines = tester.out().lines().toList();
        assertThat(exitCode).isZero();
        assertThat(lines).hasSize(801);
        assertThat(lines.get(0)).startsWith("{\"step\":\"run\",\"seed\":5,\"workload\":\"raft\"");
        lines.forEach(Json::parse);
        assertThat(lines.subList(1, 801))
                .allSatisfy(line -> assertThat(line).contains("\"node\":\"n", "\"step\":\"", "\"state\":{\"role\":\""));
        assertThat(tester.out())
                .contains("\"step\":\"recover\"", "\"step\":\"bootstrap\"", "\"step\":\"become-leader\"")
                .contains("\"step\":\"vote\"", "\"step\":\"durable\"", "\"step\":\"append\"", "\"step\":\"commit\"")
                .contains("\"type\":\"RequestVote\"", "\"type\":\"AppendAck\"");
        assertThat(tester.err()).contains("stopped after line 800");
    }

    @Test
    void tracingARunTwiceGivesTheSameLines() {
        tester.run("sim", "trace", "--workload", "raft", "--seed", "4", "--lines", "500");
        String first = tester.out();
        tester.run("sim", "trace", "--workload", "raft", "--seed", "4", "--lines", "500");

        assertThat(tester.out()).isEqualTo(first);
    }

    @Test
    void aModuleForTlcHasTheTraceAsASequence() {
        tester.run("sim", "trace", "--workload", "raft", "--seed", "4", "--lines", "500", "-o", "tla");

        assertThat(tester.out())
                .startsWith("---- MODULE Traces ----")
                .contains("Nodes == {\"n1\"", "Traces == <<", "[node |-> \"n1\", step |-> \"recover\"")
                .endsWith("====\n");
    }

    @Test
    void aWorkloadWithoutARaftGroupOfItsOwnIsRefused() {
        int exitCode = tester.run("sim", "trace", "--workload", "gossip", "--seed", "4");

        assertThat(exitCode).isEqualTo(2);
        assertThat(tester.err()).contains("workload gossip has no Raft group of its own");
        assertThat(tester.out()).isEmpty();
    }

    @Test
    void atLeastOneLineIsAskedFor() {
        assertThat(tester.run("sim", "trace", "--workload", "raft", "--seed", "4", "--lines", "0"))
                .isEqualTo(2);
        assertThat(tester.err()).contains("a trace has 1 to 1000000 lines");
    }
}
