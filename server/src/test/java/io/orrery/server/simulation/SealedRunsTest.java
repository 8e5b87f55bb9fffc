package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.seal.SealFault;
import io.orrery.sim.Simulation;
import io.orrery.sim.network.NetworkCounters;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.FaultProfile;
import io.orrery.sim.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole clusters whose nodes seal what they send, in the simulator's network. */
class SealedRunsTest {
    private static final String ROTATION = """
            at 1s keys install 2
            at 2s keys use 2
            at 3s keys remove 1
            at 4s keys install 3
            at 5s keys use 3
            at 6s keys remove 2
            """;

    private Simulation world;

    private RunResult run(String text) {
        Scenario scenario = Scenario.parse(text);
        return Runner.run(scenario, Simulations.workloads().make(scenario.workload()), sim -> world = sim);
    }

    private static String header(String workload) {
        return "seed 11\nnodes 3\nworkload " + workload + "\nrate 50/s\nhorizon 8s\n";
    }

    /** What nodes do is the same to the last step: so no frame was lost, late, or changed. */
    @ParameterizedTest
    @ValueSource(strings = {"raft", "cluster", "gossip"})
    void keysAreChangedTwiceUnderLoadAndNoFrameIsLost(String workload) {
        RunResult plain = run(header(workload));
        RunResult sealed = run(header(workload) + "at 0ms seal\n" + ROTATION);
        assertThat(sealed.failure()).isNull();
        assertThat(sealed.faults()).containsEntry("keys-use", 2L).containsEntry("keys-remove", 2L);
        assertThat(world.network().seals().opened()).isGreaterThan(500);
        assertThat(world.network().seals().faults()).isZero();
        assertThat(sealed.traceHash()).isEqualTo(plain.traceHash());
    }

    @Test
    void keyThatSomeLackIsNotUsedAndThePrimaryIsNotRemoved() {
        RunResult result = run(header("gossip") + "at 0ms seal\nat 1s keys use 2\nat 2s keys remove 1\n");
        assertThat(result.failure()).isNull();
        assertThat(result.faults()).doesNotContainKeys("keys-use", "keys-remove");
        assertThat(world.network().seals().faults()).isZero();
    }

    /** The checksum of a forged frame fits: without the seal nothing would stop it. */
    @ParameterizedTest
    @ValueSource(strings = {"raft", "cluster", "gossip"})
    void forgedFramesAreStoppedByTheSeal(String workload) {
        String text = header(workload) + "at 0ms seal\nat 0ms link * forge 20000ppm\n";
        assertThat(FaultBudget.objection(Scenario.parse(text))).isNull();
        assertThat(FaultBudget.objection(Scenario.parse(text.replace("at 0ms seal\n", ""))))
                .contains("unless at 0ms seal");
        RunResult result = run(text);
        NetworkCounters network = world.network().counters();
        assertThat(network.forged()).isGreaterThan(10);
        assertThat(world.network().seals().faults(SealFault.FORGED)).isBetween(1L, network.forged());
        assertThat(result.failure()).isNull();
    }

    @Test
    void duplicatedDatagramsOpenOnce() {
        run(header("gossip") + "at 0ms seal\nat 0ms link * duplicate 100000ppm\n");
        assertThat(world.network().seals().faults(SealFault.REPLAYED)).isGreaterThan(10);
        assertThat(world.network().seals().faults())
                .isEqualTo(world.network().seals().faults(SealFault.REPLAYED));
    }

    @Test
    void someSeedsAreDrawnSealedAndTheirLinesComeBack() {
        int sealed = 0;
        for (int seed = 1; seed <= 200; seed++) {
            Scenario drawn = FaultProfile.drawFor(Scenario.calm(seed, 3, "raft", 20_000_000_000L));
            sealed +=
                    drawn.toString().contains("at 0s seal") || drawn.toString().contains("at 0ms seal") ? 1 : 0;
            assertThat(Scenario.parse(drawn.toString())).isEqualTo(drawn);
        }
        assertThat(sealed).isBetween(10, 50);
    }
}
