package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Time;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Hunt;
import io.orrery.sim.scenario.NetworkFault;
import io.orrery.sim.scenario.NodeFault;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HuntTest {
    private static final String HUNTS = "at 0ns hunt voters\nat 0ns hunt leaders\n";

    private static final String MORE_HUNTS = "at 0ns hunt candidates\nat 0ns hunt changes\nat 0ns hunt truncations\n";

    private static RunResult run(long seed, String lines) {
        Scenario calm = Scenario.calm(seed, 5, RaftWorkload.NAME, Time.seconds(5));
        return Runner.run(Scenario.parse(calm + lines), new RaftWorkload());
    }

    @Test
    void aHuntStrikesLeadersAndVotersWithFaultsThatAPlanCanName() {
        int isolations = 0;
        int crashes = 0;
        for (long seed = 1; seed <= 5; seed++) {
            RunResult result = run(seed, HUNTS);
            assertThat(result.failure()).isNull();
            for (TimedFault strike : result.strikes()) {
                isolations += strike.fault() instanceof NetworkFault.Isolation ? 1 : 0;
                crashes += strike.fault() instanceof NodeFault.Crash ? 1 : 0;
            }
            assertThat(result.faults().keySet()).contains("hunt-voters", "hunt-leaders");
        }
        assertThat(isolations).isPositive();
        assertThat(crashes).isPositive();
    }

    @Test
    void aLeaderThatHasLedForAWhileIsStruck() {
        int struck = 0;
        for (long seed = 1; seed <= 5; seed++) {
            RunResult result = run(seed, "at 0ns hunt reigns\n");
            assertThat(result.failure()).isNull();
            struck += result.traceHash() == run(seed, "").traceHash() ? 0 : 1;
        }
        assertThat(struck).isPositive();
    }

    @Test
    void candidatesChangesAndTruncationsAreStruck() {
        TreeSet<String> struck = new TreeSet<>();
        for (Hunt.Game game : List.of(Hunt.Game.CANDIDATES, Hunt.Game.CHANGES, Hunt.Game.TRUNCATIONS)) {
            String restless = "at 0ns hunt leaders\n";
            for (long seed = 1; seed <= 40 && !struck.contains(game.text()); seed++) {
                RunResult without = run(seed, restless);
                RunResult with = run(seed, restless + "at 0ns " + new Hunt(game) + "\n");
                assertThat(with.failure()).isNull();
                if (with.traceHash() != without.traceHash()) {
                    struck.add(game.text());
                }
            }
        }
        assertThat(struck).containsExactly("candidates", "changes", "truncations");
    }

    @Test
    void theStrikesInPlaceOfTheHuntGiveTheSameRun() {
        for (long seed = 1; seed <= 5; seed++) {
            RunResult hunted = run(seed, HUNTS + MORE_HUNTS);
            assertThat(hunted.strikes()).isNotEmpty();
            FaultPlan plain = new FaultPlan(hunted.strikes());
            RunResult again = run(seed, plain.toString());
            assertThat(again.traceHash()).isEqualTo(hunted.traceHash());
            assertThat(again.strikes()).isEmpty();
        }
    }

    @Test
    void aHuntLineIsReadAsItIsPrinted() {
        for (Hunt.Game game : Hunt.Game.values()) {
            Scenario calm = Scenario.calm(1, 3, RaftWorkload.NAME, Time.seconds(1));
            Scenario hunting = calm.plan(new FaultPlan(List.of(new TimedFault(0, new Hunt(game)))));
            assertThat(Scenario.parse(hunting.toString())).isEqualTo(hunting);
        }
    }
}
