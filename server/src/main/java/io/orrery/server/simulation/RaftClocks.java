package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.raft.RaftGroup;
import io.orrery.sim.Simulation;
import java.util.function.Function;

/**
 * Clocks that run fast or slow as far as leases allow for, and change it now and then: often so that whoever leads is slow and all
 * others are fast, which is the worst for a lease.
 */
final class RaftClocks {
    private static final int CHANGE_PPM = 30_000;
    private static final int WORST_PPM = 700_000;

    private final Simulation sim;
    private final Function<NodeId, RaftGroup> groups;
    private final int driftPpm;

    /**
     * @param driftPpm either way; 0 for clocks that are right
     */
    RaftClocks(Simulation sim, Function<NodeId, RaftGroup> groups, int driftPpm) {
        this.sim = sim;
        this.groups = groups;
        this.driftPpm = driftPpm;
    }

    /** With an operation now and then. */
    void maybeChange(Prng luck) {
        boolean changes = luck.chance(CHANGE_PPM);
        if (!changes || driftPpm == 0) {
            return;
        }
        boolean worst = luck.chance(WORST_PPM);
        for (NodeId node : sim.nodes()) {
            boolean leads = sim.isUp(node) && groups.apply(node).isLeader();
            boolean slow = worst ? leads : luck.chance(500_000);
            sim.machine(node).drift(slow ? -driftPpm : driftPpm);
        }
        sim.note("clocks", worst ? "leaders slow, others fast" : "some slow, some fast");
    }
}
