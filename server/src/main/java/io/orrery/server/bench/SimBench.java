package io.orrery.server.bench;

import io.orrery.kernel.Check;
import io.orrery.server.bench.SimFigure.SimLoadView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * How fast the simulator is, on one thread. Every load runs before any is measured, and rounds go through all loads in
 * turn: what the compiler learns from one it has to unlearn for the next, as in a burn, and a busy minute of the machine
 * meets all of them.
 */
public final class SimBench {
    private static final int WARM_UPS = 2;

    private final SimLoads loads;
    private final int rounds;

    /** @param seeds a round */
    public SimBench(long seeds, int rounds) {
        Check.argument(seeds >= 1 && rounds >= 1, "a benchmark has at least one seed and one round");
        this.loads = new SimLoads(seeds);
        this.rounds = rounds;
    }

    /**
     * Measures.
     *
     * @param progress one line a round
     */
    public List<SimFigure> run(Consumer<String> progress) {
        List<Measured> all = List.of(
                new Measured(loads.queue()),
                new Measured(loads.cluster()),
                new Measured(loads.idle()),
                new Measured(loads.busy()),
                new Measured(loads.mixed()));
        for (int i = 0; i < WARM_UPS; i++) {
            all.forEach(Measured::warmUp);
            progress.accept("warmed up " + (i + 1) + "/" + WARM_UPS);
        }
        for (int i = 0; i < rounds; i++) {
            all.forEach(Measured::round);
            progress.accept("round " + (i + 1) + "/" + rounds);
        }
        return figures(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4));
    }

    private static List<SimFigure> figures(
            Measured queue, Measured cluster, Measured idle, Measured busy, Measured mixed) {
        return List.of(
                queue.atLeast("bare queue and hash", "events/CPU-s", 8_000_000, Cost::eventsPerSecond),
                cluster.atLeast("cluster with invariants", "events/CPU-s", 500_000, Cost::eventsPerSecond),
                idle.atLeast("idle cluster", "simulated:CPU", 1_500, Cost::simulatedToCpu),
                busy.atLeast("busy cluster, swarm faults", "simulated:CPU", 120, Cost::simulatedToCpu),
                busy.atLeast("busy cluster, whole process", "seeds/h, 2 cores", 10_000, Cost::seedsPerHourOnTwoCores),
                mixed.atLeast("usual mix, whole process", "seeds/h, 2 cores", 10_000, Cost::seedsPerHourOnTwoCores),
                queue.atMost("allocated, bare queue", "bytes/event", 64, Cost::bytesPerEvent),
                idle.atMost("allocated, idle cluster", "bytes/event", 64, Cost::bytesPerEvent),
                cluster.atMost("allocated, cluster", "bytes/event", 64, Cost::bytesPerEvent),
                mixed.atMost("allocated, usual mix", "bytes/event", 64, Cost::bytesPerEvent));
    }

    /** A load and the rounds of it. */
    private static final class Measured {
        private final SimLoad load;
        private final List<Cost> costs = new ArrayList<>();

        Measured(SimLoad load) {
            this.load = load;
        }

        void warmUp() {
            Cost.of(load);
        }

        void round() {
            Cost cost = Cost.of(load);
            boolean isSame = costs.isEmpty() || costs.get(0).work().equals(cost.work());
            Check.that(isSame, "every round of a load takes the same steps");
            costs.add(cost);
        }

        SimFigure atLeast(String name, String unit, double target, ToDoubleFunction<Cost> figure) {
            return new SimFigure(name, unit, view(), target, false, spread(figure));
        }

        SimFigure atMost(String name, String unit, double target, ToDoubleFunction<Cost> figure) {
            return new SimFigure(name, unit, view(), target, true, spread(figure));
        }

        private SimLoadView view() {
            return new SimLoadView(
                    load.name(), load.what(), load.command(), costs.get(0).work());
        }

        private Spread spread(ToDoubleFunction<Cost> figure) {
            return Spread.of(costs.stream().mapToDouble(figure).toArray());
        }
    }
}
