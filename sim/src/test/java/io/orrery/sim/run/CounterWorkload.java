package io.orrery.sim.run;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.scenario.Scenario;
import java.util.Map;
import java.util.TreeMap;

/** Increments counters at a rate; what was acknowledged must be there after any crash. */
final class CounterWorkload implements Workload {
    private final boolean careless;
    private final boolean stuck;
    private final Map<NodeId, Long> acknowledged = new TreeMap<>();
    private Simulation sim;
    private Scenario scenario;

    private CounterWorkload(boolean careless, boolean stuck) {
        this.careless = careless;
        this.stuck = stuck;
    }

    static CounterWorkload careful() {
        return new CounterWorkload(false, false);
    }

    static CounterWorkload careless() {
        return new CounterWorkload(true, false);
    }

    static CounterWorkload stuck() {
        return new CounterWorkload(false, true);
    }

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public void start(Simulation simulation, Scenario what) {
        sim = simulation;
        scenario = what;
        for (NodeId node : scenario.nodes()) {
            sim.addNode(node.name(), kernel -> new Counter(kernel, careless));
            acknowledged.put(node, 0L);
        }
        sim.addChecker((simNow, node) -> checkNode(node));
    }

    @Override
    public void operate(long number, Prng luck) {
        NodeId node = scenario.nodes().get(luck.below(scenario.nodeCount()));
        if (sim.isUp(node) && sim.protocol(node, Counter.class).isReady()) {
            increment(node);
        }
    }

    private void increment(NodeId node) {
        sim.onNode(node, () -> {
            Counter counter = sim.protocol(node, Counter.class);
            long expected = counter.value() + 1;
            counter.increment(() -> acknowledged.merge(node, expected, Math::max));
        });
    }

    private void checkNode(NodeId node) {
        if (sim.isUp(node)) {
            Counter counter = sim.protocol(node, Counter.class);
            if (counter != null && counter.isReady()) {
                long promised = acknowledged.get(node);
                Check.that(counter.value() >= promised, "what was acknowledged is kept", counter.value(), promised);
            }
        }
    }

    @Override
    public void calm() {}

    @Override
    public boolean converged() {
        return !stuck && sim.survivors().stream().allMatch(this::isDone);
    }

    private boolean isDone(NodeId node) {
        Counter counter = sim.protocol(node, Counter.class);
        return counter.isReady() && counter.value() == acknowledged.get(node);
    }

    @Override
    public Stall stall() {
        return Stall.of("counter", "acknowledged " + acknowledged);
    }
}
