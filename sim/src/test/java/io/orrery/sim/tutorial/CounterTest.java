package io.orrery.sim.tutorial;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.junit.Faults;
import io.orrery.sim.junit.Seed;
import io.orrery.sim.junit.SimCluster;
import io.orrery.sim.junit.SimulationTest;

// tutorial begins
class CounterTest {
    @SimulationTest(seeds = 1000, nodes = 5)
    @Seed(value = 10, faults = "at 6373423us partition n1,n5 | n2,n3,n4")
    void acknowledgedIncrementIsOnMostNodes(SimCluster cluster, Faults faults) {
        cluster.boot(kernel -> new SoberCounter(kernel, cluster.nodes()));
        NodeId counting = cluster.node(1);

        // A claim about all nodes at once, checked after every event.
        cluster.check((sim, node) -> {
            long acknowledged = cluster.protocol(counting, HastyCounter.class).acknowledged();
            long copies = cluster.protocols(HastyCounter.class).stream()
                    .filter(counter -> counter.total() >= acknowledged)
                    .count();
            Check.that(copies > cluster.nodes().size() / 2, "an acknowledged increment is on most nodes", copies);
        });

        // Twenty seconds of clients and of faults; then all is healed, and what is left to do must get done.
        cluster.operate(
                5,
                Time.seconds(20),
                (number, luck) -> cluster.onNode(counting, HastyCounter.class, HastyCounter::increment));
        faults.network(Time.seconds(20));
        cluster.runFor(Time.seconds(20));
        HastyCounter counter = cluster.protocol(counting, HastyCounter.class);
        cluster.eventually(
                "all increments are acknowledged", () -> counter.acknowledged() == counter.total(), Time.seconds(1));
    }
}
// tutorial ends
