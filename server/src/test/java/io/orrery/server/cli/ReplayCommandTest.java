package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.sim.choice.DecisionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
    private static final String SCENARIO = """
            seed 5
            nodes 3
            workload raft
            rate 50/s
            horizon 3s
            at 1s crash n1
            at 2s restart n1
            """;

    @TempDir
    Path folder;

    private Path scenario() throws IOException {
        return Files.writeString(folder.resolve("some.scenario"), SCENARIO);
    }

    private record Said(int exitCode, String out, String err) {}

    private static Said replay(Object... args) {
        String[] words = new String[args.length + 2];
        words[0] = "sim";
        words[1] = "replay";
        for (int i = 0; i < args.length; i++) {
            words[i + 2] = args[i].toString();
        }
        CommandTester tester = new CommandTester(Map.of());
        int exitCode = tester.run(words);
        return new Said(exitCode, tester.out(), tester.err());
    }

    @Test
    void recordedDecisionsShowTheSameRunWithoutItsSeed() throws IOException {
        Path log = folder.resolve("run.decisions");
        Said recorded = replay(scenario(), "--quiet", "--record", log);
        assertThat(recorded.exitCode()).isZero();
        assertThat(recorded.err()).contains("decisions on").contains(" an event");
        Said again = replay(log, "--quiet");
        assertThat(again.out()).isEqualTo(recorded.out());
        assertThat(again.err()).isEmpty();
    }

    @Test
    void failureOfAPlanBeyondTheBudgetIsSaidToBeOne() throws IOException {
        Path back = Files.writeString(
                folder.resolve("back.scenario"),
                "seed 1 nodes 3 workload raft horizon 4s\n"
                        + "at 1s crash n1\nat 1s version n1 1\nat 1200ms restart n1\n");
        Said said = replay(back, "--quiet");
        assertThat(said.exitCode()).isNotZero();
        assertThat(said.out()).contains("format version 3, known is 1");
        assertThat(said.err())
                .contains("beyond what is promised: at 1s version n1 1: an earlier release does not read what");
    }

    @Test
    void decisionsTakeLessThanFourBytesAnEvent() throws IOException {
        for (String workload : List.of("gossip", "cluster")) {
            String said = replay("--seed", 7, "--workload", workload, "--quiet", "--record", folder.resolve("x"))
                    .err();
            double bytesPerEvent = Double.parseDouble(said.replaceAll("(?s).* bytes, ([0-9.]+) an event.*", "$1"));
            assertThat(bytesPerEvent).as(workload).isBetween(0.3, 4.0);
        }
    }

    @Test
    void choiceThatNoLongerFitsIsNamed() throws IOException {
        Path log = folder.resolve("run.decisions");
        replay(scenario(), "--quiet", "--record", log);
        byte[] bytes = Files.readAllBytes(log);
        // The same decisions, for more operations than they were made for.
        DecisionFile file = DecisionFile.decode(bytes);
        Files.write(log, new DecisionFile(SCENARIO.replace("50/s", "60/s"), file.log()).encode());
        assertThat(replay(log, "--quiet").err()).matches("(?s)does not fit the log: choice \\d+ of the run, by '.+");
    }

    @Test
    void stateIsShownAtAnyEventOrTime() throws IOException {
        Said early = replay(scenario(), "--quiet", "--until", "41", "--state", "n2");
        assertThat(early.out())
                .contains("n2 after event 41:")
                .contains("raft.term = ")
                .contains("stopped after event 41");
        Said down = replay(scenario(), "--quiet", "--until", "1500ms", "--state", "all");
        assertThat(down.out()).contains("n1 after event").contains("  down").contains("n3 after event");
    }

    @Test
    void linesBeforeThePointAreLeftOut() throws IOException {
        String all = replay(scenario()).out();
        String late = replay(scenario(), "--from", "1500ms").out();
        assertThat(all).contains("0.000000s n1 boot").contains("world fault restart n1");
        assertThat(late).doesNotContain("0.000000s n1 boot").contains("world fault restart n1");
    }

    @Test
    void otherFuturesAreCounted() throws IOException {
        assertThat(replay(scenario(), "--branches", 3, "--from-event", 100).out())
                .isEqualTo("from event 100 on: 0 of 3 other futures fail\n");
    }

    @Test
    void badInputIsAnsweredWithWhatWasExpected() throws IOException {
        assertThat(replay(scenario(), "--until", "soon").err())
                .contains("expected an event such as 1234 or a time such as 1500ms or 12s, found 'soon'");
        assertThat(replay(scenario(), "--state", "n9", "--quiet").err()).contains("there is no node 'n9'");
        assertThat(replay(scenario(), "--inevitable").err()).contains("the run does not fail");
        assertThat(replay().err()).contains("which seed?");
        Path broken = Files.writeString(folder.resolve("broken"), "ORDL\u0001 no log");
        Said refused = replay(broken);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("byte ").contains("checksum").doesNotContain("Exception");
        Path misspelt = Files.writeString(folder.resolve("misspelt"), "seed 1\nnods 3\n");
        assertThat(replay(misspelt).err()).contains("line 2, column 1").contains("did you mean 'nodes'");
    }

    @Test
    void whatCannotBeDoneIsRefusedBeforeAnythingRuns() throws IOException {
        refused("there is no node 'n9'", scenario(), "--state", "n9");
        refused("there is no directory", scenario(), "--record", folder.resolve("no/such/log"));
        refused("--until 1s is before --from 2s", scenario(), "--from", "2s", "--until", "1s");
        refused("--from-event goes with --branches", scenario(), "--from-event", 5);
        refused("--branches is 1 to 1000", scenario(), "--branches", 0);
        refused("is beyond the run's end", scenario(), "--from-event", 99_999_999, "--branches", 2);
        refused("--nodes does not go with a file", scenario(), "--nodes", 5);
        refused("--seed does not go with a file", scenario(), "--seed", 5);
        refused("there is no such file", folder.resolve("missing"));
        refused("workload cluster has at most 64 nodes, not 65", "--workload", "cluster", "--nodes", 65, "--seed", 1);
        refused("workload raft has at most 64 nodes, not 70", scenarioOf("seed 1 nodes 70 workload raft horizon 1s"));
        refused("is neither a scenario nor a log of decisions", Files.write(folder.resolve("x"), new byte[] {0, 1, 2}));
        refused("nor a node's journal", Files.write(folder.resolve("x"), new byte[] {'o', 'r', (byte) 0xc3, '('}));
    }

    private Path scenarioOf(String text) throws IOException {
        return Files.writeString(folder.resolve("other.scenario"), text);
    }

    private static void refused(String why, Object... args) {
        Said said = replay(args);
        assertThat(said.err()).contains(why).doesNotContain("Exception");
        assertThat(said.out()).isEmpty();
        assertThat(said.exitCode()).isEqualTo(2);
    }
}
