package io.orrery.sim.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** Tests that are launched by {@link SimulationTestsTest}; some are meant to fail. */
final class Samples {
    /** Seeds in the order in which they ran, of any sample. */
    static final List<Long> SEEDS = Collections.synchronizedList(new ArrayList<>());

    private Samples() {}

    /** Heralds in good and bad networks. */
    static class Heralds {
        private long told;
        private boolean begun;

        @BeforeEach
        void begin(SimCluster cluster, Simulation sim) {
            assertEquals(0, told, "nothing is left of another seed");
            assertEquals(sim, cluster.simulation());
            begun = true;
        }

        @AfterEach
        void end() {
            assertTrue(told > 0, "the method ran");
        }

        private void boot(SimCluster cluster, boolean strict) {
            assertTrue(begun);
            SEEDS.add(cluster.simulation().seed());
            cluster.boot(kernel -> new Herald(kernel, cluster.nodes(), strict));
            cluster.operate(20, Time.seconds(1), (number, luck) -> {
                cluster.onNode(cluster.node(1), Herald.class, Herald::send);
                told++;
            });
        }

        private void tell(SimCluster cluster) {
            cluster.runFor(Time.seconds(3));
            long sent = cluster.protocol(cluster.node(1), Herald.class).sent();
            for (Herald herald : cluster.protocols(Herald.class)) {
                assertTrue(herald.sent() > 0 || herald.heard() == sent, "every number arrives");
            }
        }

        @SimulationTest(seeds = 20)
        void arriveInGoodWeather(SimCluster cluster, Faults faults) {
            boot(cluster, false);
            faults.none();
            tell(cluster);
        }

        @SimulationTest(seeds = 50)
        @Seed(5)
        @Seed(-7)
        void arriveInAnyWeather(SimCluster cluster, Faults faults) {
            boot(cluster, false);
            faults.network(Time.seconds(2));
            tell(cluster);
        }

        @SimulationTest(seeds = 200, parallel = true)
        void haltWhenManyAreLost(SimCluster cluster, Faults faults) {
            boot(cluster, true);
            faults.network(Time.seconds(2));
            cluster.runFor(Time.seconds(3));
        }

        @SimulationTest(seeds = 3)
        void doNotCrossAPartition(Faults faults, SimCluster cluster) {
            boot(cluster, false);
            faults.plan("at 0ms partition n1 | n2,n3\nat 2s heal\nat 2100ms link n2>n3 cut");
            tell(cluster);
        }

        @SimulationTest(seeds = 0)
        @Seed(
                value = 9,
                faults = {"at 500ms isolate n1", "at 700ms heal"})
        void arePinnedWithFaults(Faults faults, SimCluster cluster) {
            boot(cluster, false);
            faults.swarm(Time.seconds(2));
            tell(cluster);
        }

        @SimulationTest(seeds = 3, nodes = 1)
        void carryAssertionsIntoNodes(SimCluster cluster) {
            boot(cluster, false);
            cluster.operate(1, Time.seconds(1), (number, luck) -> {
                cluster.onNode(cluster.node(1), Herald.class, herald -> assertEquals(1, 2, "inside a node"));
            });
            cluster.runFor(Time.seconds(3));
        }

        @SimulationTest(seeds = 3)
        void neverHold(SimCluster cluster) {
            told++;
            assumeTrue(false, "no seed is good enough");
        }

        @SimulationTest(seeds = 1)
        void misspellAFault(SimCluster cluster, Faults faults) {
            told++;
            faults.plan("at 1s partitoin n1 | n2");
        }

        @Nested
        class Inside {
            @SimulationTest(seeds = 3)
            void haveTheirOuterInstance(SimCluster cluster) {
                boot(cluster, false);
                tell(cluster);
            }
        }
    }

    /** A protocol that reads the machine's clock. */
    static class Cheats {
        private static final class Hasty implements Protocol {
            private final Kernel kernel;
            private final Timer timer;
            private long ticks;

            Hasty(Kernel kernel) {
                this.kernel = kernel;
                this.timer = kernel.timer("tick", this::onTick);
            }

            @Override
            public void start() {
                timer.restart(1 + System.nanoTime() % Time.seconds(1));
            }

            private void onTick() {
                ticks++;
                kernel.trace().transition("tick", Long.toString(ticks));
                start();
            }
        }

        @SimulationTest(seeds = 5)
        void passAndAreFoundOut(SimCluster cluster) {
            cluster.boot(Hasty::new);
            cluster.runFor(Time.seconds(5));
        }

        @SimulationTest(seeds = 5, firstSeed = 3)
        void failAndAreFoundOut(SimCluster cluster) {
            cluster.boot(Hasty::new);
            cluster.runFor(Time.seconds(5));
            long ticks = cluster.protocol(cluster.node(1), Hasty.class).ticks;
            assertTrue(ticks < 1, "no tick, but " + ticks);
        }

        @SimulationTest(seeds = 1, eventsMax = 1000)
        void neverEnd(SimCluster cluster) {
            cluster.boot(kernel -> {
                Timer[] timer = new Timer[1];
                timer[0] = kernel.timer("again", () -> timer[0].restart(0));
                return () -> timer[0].restart(0);
            });
            cluster.runFor(1);
        }
    }
}
