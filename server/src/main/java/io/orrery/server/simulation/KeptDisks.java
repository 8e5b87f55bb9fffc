package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.sim.Simulation;
import io.orrery.sim.disk.DiskCounters;
import java.util.Arrays;

/** Tells whether a node boots on what its last life made durable: not if its disk was replaced, lied, or was damaged since. */
final class KeptDisks {
    private final Simulation sim;
    /** By node; negative before its first boot. */
    private long[] harmAtBoot = {};

    KeptDisks(Simulation sim) {
        this.sim = sim;
    }

    /** The node boots; whether its disk holds what it promised to. A first boot keeps nothing. */
    boolean maybeKept(NodeId node) {
        int index = sim.network().indexOf(node);
        if (index >= harmAtBoot.length) {
            int known = harmAtBoot.length;
            harmAtBoot = Arrays.copyOf(harmAtBoot, 2 * index + 8);
            Arrays.fill(harmAtBoot, known, harmAtBoot.length, -1);
        }
        long before = harmAtBoot[index];
        harmAtBoot[index] = before < 0 ? 0 : harm(sim.disk(node).counters());
        return before >= 0 && before == harmAtBoot[index];
    }

    /** Whether its disk was damaged since the node booted: perhaps before it had read back what its last life left there. */
    boolean isHarmedSinceBoot(NodeId node) {
        int index = sim.network().indexOf(node);
        boolean booted = index < harmAtBoot.length && harmAtBoot[index] >= 0;
        return booted && harmAtBoot[index] != harm(sim.disk(node).counters());
    }

    private static long harm(DiskCounters counters) {
        return counters.wipes()
                + counters.promisesBroken()
                + counters.syncsLied()
                + counters.readsRefused()
                + counters.writesMisdirected()
                + counters.readsMisdirected()
                + counters.bitsRotted()
                + counters.filesOverwritten()
                + counters.sectorsBad();
    }
}
