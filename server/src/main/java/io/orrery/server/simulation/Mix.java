package io.orrery.server.simulation;

import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.scenario.Scenario;
import java.util.function.UnaryOperator;

/**
 * What a seed decides about its run beside the faults: which workload, on how many nodes, for how long, and how busy.
 * What somebody asked for is kept.
 *
 * @param nodes asked for; 0 to draw: mostly 3 or 5, now and then 4 or 7
 * @param horizonSeconds asked for; 0 to draw what suits the workload
 * @param ratePerSecond asked for; -1 to draw
 */
public record Mix(int nodes, int horizonSeconds, int ratePerSecond) implements UnaryOperator<Scenario> {
    /** The name under which the seed draws a workload: no run has it, since the seed's scenario names what was drawn. */
    public static final String MIXED = "mixed";

    private static final int RAFT_PPM = 450_000;
    private static final int GOSSIP_PPM = 250_000;
    private static final int CLUSTER_PPM = 240_000;
    private static final int REGISTRY_PPM = 40_000;
    private static final int USUAL_NODES_PPM = 800_000;
    private static final int[] USUAL_NODES = {3, 5};
    private static final int[] UNUSUAL_NODES = {4, 7};
    private static final int[] RATES = {20, 100, 100, 300};

    /** Nothing asked for. */
    public static Mix ofNothingSaid() {
        return new Mix(0, 0, -1);
    }

    @Override
    public Scenario apply(Scenario calm) {
        Prng luck = new Prng(calm.seed()).fork("mix");
        int drawn = luck.below(1_000_000);
        String workload = calm.workload().equals(MIXED) ? workload(drawn) : calm.workload();
        int[] counts = luck.chance(USUAL_NODES_PPM) ? USUAL_NODES : UNUSUAL_NODES;
        int count = counts[luck.below(counts.length)];
        int seconds = workload.equals(BootstrapWorkload.NAME)
                ? 1 + luck.below(4)
                : (workload.equals(ClusterWorkload.NAME) ? 8 : 6) + luck.below(10);
        int rate = RATES[luck.below(RATES.length)];
        return Scenario.calm(
                        calm.seed(),
                        nodes > 0 ? nodes : count,
                        workload,
                        Time.seconds(horizonSeconds > 0 ? horizonSeconds : seconds))
                .rate(ratePerSecond >= 0 ? ratePerSecond : rate);
    }

    /** The last two are small shares: brokers have a registry too, and nodes boot together in few ways. */
    private static String workload(int drawn) {
        if (drawn < RAFT_PPM) {
            return RaftWorkload.NAME;
        }
        if (drawn < RAFT_PPM + GOSSIP_PPM) {
            return GossipWorkload.NAME;
        }
        if (drawn < RAFT_PPM + GOSSIP_PPM + CLUSTER_PPM) {
            return ClusterWorkload.NAME;
        }
        boolean isRegistry = drawn < RAFT_PPM + GOSSIP_PPM + CLUSTER_PPM + REGISTRY_PPM;
        return isRegistry ? RegistryWorkload.NAME : BootstrapWorkload.NAME;
    }
}
