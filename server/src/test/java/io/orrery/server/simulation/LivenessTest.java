package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.BrokerMarks;
import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.rules.RaftRules;
import io.orrery.server.json.Json;
import io.orrery.sim.Failure;
import io.orrery.sim.Stall;
import io.orrery.sim.run.BurnSummary;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.run.Workers;
import io.orrery.sim.scenario.Scenario;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What must come right in the end, and how a run says that it did not. */
class LivenessTest {
    /** Nobody ever votes for another. */
    private static final RaftRules NOBODY_IS_GOOD_ENOUGH = new RaftRules() {
        @Override
        public boolean isUpToDate(long lastTerm, long lastIndex, long ownLastTerm, long ownLastIndex) {
            return false;
        }
    };

    @Test
    void aGroupThatElectsNobodySaysOfEachNodeWhatItWaitsFor() {
        Scenario scenario = Scenario.calm(1, 3, RaftWorkload.NAME, Time.seconds(1));
        RunResult result = Runner.run(scenario, new RaftWorkload(NOBODY_IS_GOOD_ENOUGH));
        assertThat(result.failure().kind()).isEqualTo(Failure.Kind.LIVENESS);
        Stall stall = result.failure().stall();
        assertThat(stall.what()).isEqualTo("waits for a leader");
        TreeSet<String> named = new TreeSet<>();
        for (Stall node : stall.because()) {
            assertThat(node.what()).contains("waits for a leader, as of voters=[n1, n2, n3]");
            named.add(node.who());
        }
        assertThat(named).hasSizeGreaterThanOrEqualTo(2);
        Json json = Json.parse(RunJson.of(result)).at("failure").at("stall");
        assertThat(json.text("what")).isEqualTo("waits for a leader");
        assertThat(json.list("because")).hasSameSizeAs(stall.because());
    }

    @Test
    void votersAreRemovedAddedAndPromotedUnderFaults() {
        assertReached(
                RaftWorkload.NAME,
                40,
                RaftMarks.LEARNER_ADDED,
                RaftMarks.LEARNER_PROMOTED,
                RaftMarks.MEMBER_REMOVED,
                RaftMarks.REMOVED_LEADER_STEPPED_DOWN,
                RaftMarks.TRANSFERRED);
    }

    @Test
    void nodesLeaveAreForgottenAndComeBackUnderFaults() {
        assertReached(
                ClusterWorkload.NAME,
                20,
                BrokerMarks.NODE_LEFT,
                BrokerMarks.NODE_CAME_BACK,
                BrokerMarks.NODE_REMOVED,
                BrokerMarks.NODE_PROMOTED);
    }

    private static void assertReached(String workload, int seeds, Mark... marks) {
        BurnSummary summary = Simulations.burn(workload, Mix.ofNothingSaid(), Strategy.SWARM.faults())
                .run(1, seeds, Workers.ONE, result -> {});
        assertThat(summary.failures()).isEmpty();
        assertThat(summary.marks().keySet()).containsAll(List.of(marks));
    }
}
