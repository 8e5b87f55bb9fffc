package io.orrery.server.simulation;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.sim.Simulation;
import java.util.function.Function;

/**
 * That a lease keeps what it promises: see the argument of {@link io.orrery.raft.read.Lease}. A stale read needs more than a
 * broken lease, a new leader that has committed and a reader who asks the old one just then; this looks at the promise itself.
 *
 * <ul>
 *   <li>L1: while a replica holds a lease, none is elected in a later term.
 * </ul>
 */
final class LeaseExclusion {
    private final Simulation sim;
    private final Function<NodeId, RaftGroup> groups;
    /** The latest in which anybody has led. */
    private long term;

    LeaseExclusion(Simulation sim, Function<NodeId, RaftGroup> groups) {
        this.sim = sim;
        this.groups = groups;
    }

    /**
     * After each event of a node: only who leads can have made a difference.
     *
     * @throws Check.Violation if L1 does not hold
     */
    void onEvent(NodeId node) {
        RaftGroup group = groups.apply(node);
        if (!group.isLeader()) {
            return;
        }
        if (group.term() > term) {
            term = group.term();
            sim.nodes().forEach(this::check);
        } else {
            check(node);
        }
    }

    private void check(NodeId node) {
        if (sim.isUp(node)) {
            RaftGroup group = groups.apply(node);
            Check.that(
                    group.term() >= term || sim.machine(node).nowNanos() >= group.leaseUntilNanos(),
                    "L1: a lease is held while another was elected",
                    group.term(),
                    term);
        }
    }
}
