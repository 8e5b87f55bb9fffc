package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.sim.Simulation;
import io.orrery.sim.disk.DiskCounters;
import java.util.TreeMap;

/** Tells whether a node boots on what its last life made durable: not if its disk was replaced, lied, or was damaged since. */
final class KeptDisks {
    private final Simulation sim;
    private final TreeMap<NodeId, Long> harmAtBoot = new TreeMap<>();

    KeptDisks(Simulation sim) {
        this.sim = sim;
    }

    /** The node boots; whether its disk holds what it promised to. A first boot keeps nothing. */
    boolean maybeKept(NodeId node) {
        boolean boots = harmAtBoot.containsKey(node);
        long harm = boots ? harm(sim.disk(node).counters()) : 0;
        Long before = harmAtBoot.put(node, harm);
        return boots && before == harm;
    }

    /** Whether its disk was damaged since the node booted: perhaps before it had read back what its last life left there. */
    boolean isHarmedSinceBoot(NodeId node) {
        Long before = harmAtBoot.get(node);
        return before != null && before != harm(sim.disk(node).counters());
    }

    private static long harm(DiskCounters counters) {
        return counters.wipes()
                + counters.promisesBroken()
                + counters.syncsLied()
                + counters.readsRefused()
                + counters.writesMisdirected()
                + counters.readsMisdirected()
                + counters.bitsRotted()
                + counters.sectorsBad();
    }
}
