package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.trace.Mark;
import io.orrery.server.json.Json;
import io.orrery.sim.run.BurnTally;
import io.orrery.sim.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rare situations that burns must reach. */
class MarksTest {
    private static final Path PAGE =
            Path.of(System.getProperty("project.root", "..")).toAbsolutePath().resolve("docs/simulation/CHECKERS.md");

    private static BurnReport report(long seeds, List<Mark> declared) {
        RunResult result = Simulations.burn(RaftWorkload.NAME, new Mix(3, 3, 20), plain -> plain)
                .run(1);
        BurnTally tally = new BurnTally();
        for (long seed = 0; seed < seeds; seed++) {
            tally.add(result);
        }
        return new BurnReport(new BurnSession(tally.summary(), 1, 1, 1), declared, verb -> verb + " ");
    }

    @Test
    void sixtyOrMoreAreDeclaredOverRaftGossipBrokerAndStorage() {
        List<Mark> all = Simulations.marks(Mix.MIXED);
        TreeSet<String> modules = new TreeSet<>();
        all.forEach(mark -> modules.add(mark.name().substring(0, mark.name().indexOf('.'))));
        assertThat(all).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
        assertThat(modules).containsExactly("boot", "broker", "gossip", "owner", "raft", "registry", "wal");
    }

    @Test
    void theManualExplainsEachInItsTable() throws IOException {
        String page = Files.readString(PAGE);
        for (Mark mark : Simulations.marks(Mix.MIXED)) {
            assertThat(page).contains("| `" + mark + "` |");
        }
    }

    @Test
    void tenThousandSeedsThatNeverReachADeclaredMarkFail() {
        Mark never = new Mark("test.never");
        BurnReport report = report(BurnReport.SEEDS_TO_REACH_ALL, List.of(never));
        assertThat(report.objection()).contains("test.never", "10000 seeds");
        assertThat(Json.parse(report.json()).list("marksNotReached")).hasSize(1);
    }

    @Test
    void fewerSeedsNeedNotReachAll() {
        Mark never = new Mark("test.never");
        BurnReport report = report(BurnReport.SEEDS_TO_REACH_ALL - 1, List.of(never));
        assertThat(report.objection()).isNull();
        assertThat(report.text()).contains("not reached  test.never");
    }

    @Test
    void aBurnThatReachesAllDoesNotFail() {
        BurnReport report = report(BurnReport.SEEDS_TO_REACH_ALL, List.of());
        assertThat(report.objection()).isNull();
    }
}
