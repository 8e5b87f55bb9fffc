package io.orrery.server.bench;

import io.orrery.server.simulation.ClusterWorkload;
import io.orrery.server.simulation.Mix;
import io.orrery.server.simulation.Simulations;
import io.orrery.server.simulation.Strategy;
import io.orrery.sim.run.Burn;
import io.orrery.sim.run.BurnTally;
import java.util.function.UnaryOperator;

/**
 * What the simulator's speed is measured with. All clusters are of five nodes that run the whole broker, with every
 * invariant and oracle asked after every event.
 */
final class SimLoads {
    private static final int NODES = 5;
    private static final int IDLE_SECONDS_PER_SEED = 100;
    private static final long QUEUE_EVENTS_PER_SEED = 200_000;

    private final long seeds;

    /** @param seeds a round: the size of every load goes with it */
    SimLoads(long seeds) {
        this.seeds = seeds;
    }

    SimLoad queue() {
        return new SimLoad(
                "queue",
                "event queue and trace hash alone, " + QueueRound.WAITING + " entries waiting",
                "",
                () -> new QueueRound(seeds * QUEUE_EVENTS_PER_SEED).run());
    }

    SimLoad cluster() {
        return burn("cluster", "5 nodes, 100 operations/s, swarm faults for 20 s", NODES, 20, 100);
    }

    SimLoad busy() {
        return burn("busy", "5 nodes, 200 operations/s, swarm faults for 60 s", NODES, 60, 200);
    }

    /** The usual mix of workloads, as {@code orrery sim} draws it, but for the horizon. */
    SimLoad mixed() {
        Burn burn = Simulations.burn(Mix.MIXED, new Mix(0, 60, -1), Strategy.SWARM.faults());
        String command = "./orrery sim replay --horizon-seconds 60 --seed ";
        return new SimLoad(
                "mixed", "the usual mix of workloads, swarm faults for 60 s", command, () -> run(burn, seeds));
    }

    SimLoad idle() {
        int seconds = (int) Math.min(3600, seeds * IDLE_SECONDS_PER_SEED);
        Burn burn = Simulations.burn(ClusterWorkload.NAME, new Mix(NODES, seconds, 0), UnaryOperator.identity());
        String command = "./orrery sim replay --nodes 5 --horizon-seconds " + seconds
                + " --rate 0 --workload cluster --calm --seed ";
        return new SimLoad("idle", "5 nodes, no operations, no faults, " + seconds + " s", command, () -> run(burn, 1));
    }

    private SimLoad burn(String name, String what, int nodes, int seconds, int rate) {
        Burn burn = Simulations.burn(ClusterWorkload.NAME, new Mix(nodes, seconds, rate), Strategy.SWARM.faults());
        String command = "./orrery sim replay --nodes " + nodes + " --horizon-seconds " + seconds + " --rate " + rate
                + " --workload cluster --seed ";
        return new SimLoad(name, what, command, () -> run(burn, seeds));
    }

    private static SimWork run(Burn burn, long seeds) {
        BurnTally tally = new BurnTally();
        for (long seed = 1; seed <= seeds; seed++) {
            tally.add(burn.run(seed));
        }
        return SimWork.of(tally.summary());
    }
}
