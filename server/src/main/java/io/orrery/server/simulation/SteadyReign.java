package io.orrery.server.simulation;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import java.util.List;
import java.util.function.Function;

/**
 * That a leader whom a healthy majority hears stays: nobody who hears it not, was removed, or has a higher term deposes it
 * (dissertation, sections 4.2.3 and 9.6). Where pre-votes and the refusal of votes while a leader lives are missing, a single
 * node that can send and not receive keeps a group in elections, each of which looks like progress.
 *
 * <ul>
 *   <li>S1: once a core has come right and has new connections (see {@link Reconnection}), its leader and its term stay the same for
 *       {@value #STAY_ELECTIONS} election timeouts. A leader that hands over of its own accord, to one of higher priority,
 *       or that leaves the group was not deposed: the time begins anew. Priorities are a fixed order, so that ends.
 * </ul>
 */
final class SteadyReign {
    /** For a hand-over that was begun, and for what the new connections lost to be sent again. */
    private static final int GRACE_ELECTIONS = 3;

    private static final int STAY_ELECTIONS = 8;

    private final Simulation sim;
    private final Function<NodeId, RaftGroup> groups;
    private final long electionNanos;
    private long sinceNanos = -1;
    private NodeId leader;
    private long term;
    private long handovers;

    SteadyReign(Simulation sim, Function<NodeId, RaftGroup> groups, long electionNanos) {
        this.sim = sim;
        this.groups = groups;
        this.electionNanos = electionNanos;
    }

    /** The core is another one now: it has its time anew. */
    void restart() {
        sinceNanos = -1;
    }

    /**
     * What there is to wait for in a core that has come right; null if its leader has stayed long enough.
     *
     * @throws Check.Violation if it was deposed
     */
    Stall stall(List<NodeId> core, NodeId leads) {
        long nowNanos = sim.nowNanos();
        if (sinceNanos < 0) {
            Reconnection.among(sim, core);
        }
        long handoversNow = handoversOf(core);
        boolean isAnother = !leads.equals(leader) || groups.apply(leads).term() != term;
        boolean hasLeft = leader != null && !groups.apply(leads).configuration().isVoter(leader);
        if (sinceNanos < 0 || isAnother && (handoversNow != handovers || hasLeft)) {
            sinceNanos = nowNanos;
            handovers = handoversNow;
        }
        long waitedNanos = nowNanos - sinceNanos;
        if (waitedNanos < GRACE_ELECTIONS * electionNanos) {
            leader = leads;
            term = groups.apply(leads).term();
        } else {
            Check.that(
                    leads.equals(leader) && groups.apply(leads).term() == term,
                    "S1: a leader was deposed though a healthy majority hears it",
                    term,
                    groups.apply(leads).term());
        }
        return waitedNanos >= (GRACE_ELECTIONS + STAY_ELECTIONS) * electionNanos
                ? null
                : Stall.of("raft", leader + " leads " + core + ", and for too short a time");
    }

    private long handoversOf(List<NodeId> core) {
        long sum = 0;
        for (NodeId node : core) {
            sum += groups.apply(node).counters().handovers();
        }
        return sum;
    }
}
