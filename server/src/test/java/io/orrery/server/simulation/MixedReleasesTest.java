package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.raft.log.WalConfig;
import io.orrery.raft.message.RaftCodec;
import io.orrery.sim.Releases;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** Clusters whose nodes are of two releases. */
class MixedReleasesTest {
    private static final String ROLLING = """
            at 0ms version n1 1
            at 0ms version n2 1
            at 0ms version n3 1
            at 1s crash n1
            at 1s version n1 2
            at 1200ms restart n1
            at 2s crash n2
            at 2s version n2 2
            at 2200ms restart n2
            """;

    private static RunResult run(long seed, String workload, String faults) {
        Scenario scenario = Scenario.parse(
                "seed " + seed + " nodes 3 workload " + workload + " rate 100/s horizon 4s settle 30s\n" + faults);
        return Runner.run(scenario, Simulations.workloads().make(workload));
    }

    @Test
    void clusterIsUpgradedNodeByNodeAndWorksThroughoutAndWithARestOfTheEarlierRelease() {
        for (String workload : new String[] {"raft", "gossip", "cluster"}) {
            for (long seed = 1; seed <= 4; seed++) {
                RunResult result = run(seed, workload, ROLLING);
                assertThat(result.failure()).as(workload + " " + seed).isNull();
            }
        }
    }

    @Test
    void nodesOfDifferentReleasesTakeOtherStepsThanNodesOfOne() {
        assertThat(run(1, "raft", "at 0ms version n1 1\n").traceHash())
                .isNotEqualTo(run(1, "raft", "").traceHash());
        assertThat(run(1, "raft", "at 0ms version n1 1\n").traceHash())
                .isEqualTo(run(1, "raft", "at 0ms version n1 1\n").traceHash());
    }

    /** It halts at once, and names the file. */
    @Test
    void nodeThatGoesBackRefusesTheLaterReleasesDiskAndThePlanIsBeyondTheBudget() {
        String back = "at 1s crash n1\nat 1s version n1 1\nat 1200ms restart n1\n";
        RunResult result = run(1, "raft", "expect unavailable\n" + back);
        assertThat(result.failure()).isNotNull();
        assertThat(result.failure().message()).contains("format version 3, known is 1");
        assertThat(FaultBudget.objection(Scenario.parse("seed 1 nodes 3 workload raft horizon 4s\n" + back)))
                .isEqualTo("at 1s version n1 1: an earlier release does not read what a later one has written");
    }

    @Test
    void newestVersionThatLinesMayNameIsTheNewestThatThereIs() {
        assertThat(Math.max(WalConfig.VERSION_MAX, RaftCodec.INSTANCE.version()))
                .isEqualTo(Releases.NEWEST);
    }
}
