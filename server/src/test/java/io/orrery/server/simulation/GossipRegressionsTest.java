package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipMarks;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.trace.Mark;
import io.orrery.sim.Observer;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** That the scenarios of complaints about other systems' membership reach what they are about; ScenariosTest judges them. */
class GossipRegressionsTest {
    /** What was reached until the scenario's horizon: after it the world cuts nodes off, to see the others come right. */
    private static TreeMap<Mark, Integer> reached(String name) throws IOException {
        Path file = Path.of(System.getProperty("project.root", ".."))
                .resolve("server/src/test/resources/scenarios/gossip-" + name + ".scenario");
        Scenario scenario = Scenario.parse(Files.readString(file));
        TreeMap<Mark, Integer> reached = new TreeMap<>();
        RunResult result = Runner.run(
                scenario,
                Simulations.workloads().make(scenario.workload()),
                sim -> sim.observe(new Observer() {
                    @Override
                    public void onMark(NodeId node, Mark mark) {
                        if (sim.nowNanos() < scenario.horizonNanos()) {
                            reached.merge(mark, 1, Integer::sum);
                        }
                    }
                }));
        assertThat(result.failure()).isNull();
        return reached;
    }

    @Test
    void massRestartBeginsWithHalfOfTheClusterHeldForDead() throws IOException {
        assertThat(reached("mass-restart").get(GossipMarks.DECLARED_DEAD)).isPositive();
    }

    @Test
    void threeEqualPartsDeclareEachOtherDeadAndTellThemSo() throws IOException {
        TreeMap<Mark, Integer> reached = reached("three-equal-parts");
        assertThat(reached).containsKey(GossipMarks.DECLARED_DEAD);
        assertThat(reached).containsKey(GossipMarks.DEAD_ANNOUNCED);
    }

    @Test
    void overOneWayLinksOthersVouchAndNobodyIsDeclaredDead() throws IOException {
        TreeMap<Mark, Integer> reached = reached("one-way-links");
        assertThat(reached).doesNotContainKey(GossipMarks.DECLARED_DEAD);
        assertThat(reached).containsKey(GossipMarks.INDIRECT_SAVED);
    }

    @Test
    void sickNodesAccusationsAreRefuted() throws IOException {
        assertThat(reached("one-sick-node").get(GossipMarks.REFUTED)).isPositive();
    }

    @Test
    void blipsMakeNobodyASuspect() throws IOException {
        TreeMap<Mark, Integer> reached = reached("blip-of-43ms");
        assertThat(reached).doesNotContainKey(GossipMarks.DECLARED_DEAD);
        assertThat(reached).doesNotContainKey(GossipMarks.REFUTED);
    }

    @Test
    void theGoneAreRemovedForGood() throws IOException {
        assertThat(reached("the-gone-are-forgotten").get(GossipMarks.REAPED)).isGreaterThanOrEqualTo(6);
    }
}
