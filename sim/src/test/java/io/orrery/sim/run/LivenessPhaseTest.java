package io.orrery.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.sim.Failure;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class LivenessPhaseTest {
    private static final Scenario CALM = Scenario.calm(1, 5, "still", Time.seconds(1));

    private static final class Still implements Protocol {
        Still(Kernel kernel) {}

        @Override
        public void start() {}
    }

    /** Nodes that do nothing; what suffices and what comes right is said by the test. */
    private static final class StillWorkload implements Workload {
        private final List<List<NodeId>> asked = new ArrayList<>();
        private final List<String> steps = new ArrayList<>();
        private final Predicate<List<NodeId>> suffices;
        private final Predicate<List<NodeId>> comesRight;
        private Simulation sim;

        private StillWorkload(Predicate<List<NodeId>> suffices, Predicate<List<NodeId>> comesRight) {
            this.suffices = suffices;
            this.comesRight = comesRight;
        }

        @Override
        public String name() {
            return "still";
        }

        @Override
        public void start(Simulation simulation, Scenario scenario) {
            sim = simulation;
            scenario.nodes().forEach(node -> sim.addNode(node.name(), Still::new));
        }

        @Override
        public void operate(long number, Prng luck) {}

        @Override
        public void calm() {
            steps.add("calm");
        }

        @Override
        public void whole() {
            steps.add("whole");
        }

        @Override
        public boolean converged() {
            steps.add("asked");
            return true;
        }

        @Override
        public Stall stall() {
            return Stall.of("test", "nothing");
        }

        @Override
        public Core core() {
            return new Core() {
                @Override
                public boolean suffices(List<NodeId> core) {
                    return suffices.test(core);
                }

                @Override
                public Stall stall(List<NodeId> core) {
                    asked.add(List.copyOf(core));
                    checkConnected(core);
                    List<Stall> nodes = new ArrayList<>();
                    core.forEach(node -> nodes.add(Stall.of(node, "waits for the test")));
                    return comesRight.test(core) ? null : Stall.of("all", "wait", nodes);
                }
            };
        }

        private void checkConnected(List<NodeId> core) {
            for (NodeId from : core) {
                assertTrue(sim.isUp(from));
                for (NodeId to : core) {
                    assertTrue(from.equals(to) || !sim.network().isCut(from, to));
                }
            }
        }
    }

    private static RunResult run(long seed, StillWorkload workload) {
        return Runner.run(CALM.seed(seed), workload);
    }

    @Test
    void coresDifferAndHoldAMajority() {
        TreeSet<String> cores = new TreeSet<>();
        for (long seed = 1; seed <= 40; seed++) {
            StillWorkload workload = new StillWorkload(core -> true, core -> true);
            assertNull(run(seed, workload).failure());
            assertEquals(List.of("calm", "whole", "asked"), workload.steps);
            workload.asked.forEach(core -> {
                assertTrue(core.size() >= 3 && core.size() < 5, core.toString());
                cores.add(core.toString());
            });
        }
        assertTrue(cores.size() > 15, "distinct cores: " + cores);
    }

    @Test
    void aCoreThatDoesNotSufficeGrowsUntilItDoes() {
        for (long seed = 1; seed <= 20; seed++) {
            StillWorkload workload = new StillWorkload(core -> core.contains(NodeId.of("n4")), core -> true);
            assertNull(run(seed, workload).failure());
            workload.asked.forEach(core -> assertTrue(core.contains(NodeId.of("n4"))));
        }
    }

    @Test
    void nothingIsDemandedOfACoreThatNeverSuffices() {
        StillWorkload workload = new StillWorkload(core -> false, core -> false);
        assertNull(run(3, workload).failure());
        assertEquals(List.of(), workload.asked);
    }

    @Test
    void aStuckCoreFailsInBoundedTimeAndEachOfItsNodesSaysWhatItWaitsFor() {
        int stuck = 0;
        for (long seed = 1; seed <= 10; seed++) {
            StillWorkload workload = new StillWorkload(core -> true, core -> false);
            RunResult result = run(seed, workload);
            if (workload.asked.isEmpty()) {
                continue;
            }
            stuck++;
            Failure failure = result.failure();
            List<NodeId> core = workload.asked.get(0);
            assertEquals(Failure.Kind.LIVENESS, failure.kind());
            assertTrue(failure.message().startsWith("the core " + core + " without ["), failure.message());
            assertEquals(core.size(), failure.stall().because().size());
            assertEquals(core.size() + 1, failure.stall().lines().size());
            assertEquals(
                    "  " + core.get(0) + ": waits for the test",
                    failure.stall().lines().get(1));
            assertTrue(result.simulatedNanos() <= Time.seconds(1) + CALM.settleNanos() + Time.seconds(1));
        }
        assertTrue(stuck > 3);
    }
}
