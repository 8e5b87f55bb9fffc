package io.orrery.server.simulation;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.RaftGroup;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * That elections end (section 5.2; dissertation, sections 3.9 and 9.3): when all is well the leader is cut off, and the others
 * must elect another soon. Their disks are all equally slow meanwhile, and their links equally fast, so that whoever stands for
 * election at the same time as another learns of it too late: only that election timeouts differ from node to node keeps them apart.
 *
 * <ul>
 *   <li>E1: a majority that is well has a new leader within one and a half timeouts, in which its voters take turns, and
 *       {@value #ROUNDS_MAX} further elections that take two timeouts each ({@code raft.Patience}). Nothing is said of the first,
 *       since voters may differ in what they know. Each of the others fails if two of up to six candidates come due within a sync
 *       of each other, of which twenty-five fit into the least timeout: in less than 3 of 10 cases, so this is broken by bad luck
 *       in fewer than two of 10^10 runs.
 * </ul>
 */
final class ElectionDrill implements Drill {
    private static final int ROUNDS_MAX = 19;
    private static final int SYNCS_IN_ELECTION = 25;
    private static final long LINK_NANOS = Time.micros(100);

    private final Simulation sim;
    private final Function<NodeId, RaftGroup> groups;
    private final long electionNanos;
    private NodeId deposed;
    private long term;
    private long sinceNanos;
    private boolean isOver;

    ElectionDrill(Simulation sim, Function<NodeId, RaftGroup> groups, long electionNanos) {
        this.sim = sim;
        this.groups = groups;
        this.electionNanos = electionNanos;
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    @Override
    public boolean isUnderWay() {
        return deposed != null && !isOver;
    }

    /** Cuts off the leader, unless too few that vote would be left. All nodes are well and of one mind. */
    @Override
    public void begin(NodeId leader) {
        List<NodeId> others = others(leader);
        long voting = others.stream()
                .filter(node -> !groups.apply(node).view().hasForgotten())
                .count();
        if (2 * voting <= sim.nodes().size()) {
            isOver = true;
            return;
        }
        deposed = leader;
        term = groups.apply(leader).term();
        sinceNanos = sim.nowNanos();
        sim.note("drill", "isolate " + leader);
        for (NodeId node : others) {
            sim.disk(node).policy(sim.disk(node).policy().extra(electionNanos / SYNCS_IN_ELECTION));
        }
        Reconnection.among(sim, others);
        sim.network().policy(LinkPolicy.LAN.delay(LINK_NANOS, LINK_NANOS));
        sim.network().isolate(leader);
    }

    private List<NodeId> others(NodeId leader) {
        List<NodeId> others = new ArrayList<>(sim.survivors());
        others.remove(leader);
        return others;
    }

    /**
     * What it waits for; null if it is over.
     *
     * @throws Check.Violation if there is no leader in time
     */
    @Override
    public Stall stall() {
        if (isOver) {
            return null;
        }
        List<NodeId> others = others(deposed);
        for (NodeId node : others) {
            if (groups.apply(node).isLeader() && groups.apply(node).term() > term) {
                end(others);
                return null;
            }
        }
        long waitedNanos = sim.nowNanos() - sinceNanos;
        Check.that(
                waitedNanos <= electionNanos * 3 / 2 + 2 * ROUNDS_MAX * electionNanos,
                "E1: a healthy majority that lost its leader elects none",
                waitedNanos / electionNanos);
        return Stall.of("raft", "waits for " + others + " to elect a leader in the place of " + deposed);
    }

    private void end(List<NodeId> others) {
        isOver = true;
        sim.note("drill", "rejoin " + deposed);
        sim.network().healAll();
        others.forEach(sim::heal);
    }
}
