package io.orrery.server.simulation;

import io.orrery.broker.BrokerNode;
import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.run.Core;
import java.util.ArrayList;
import java.util.List;

/**
 * What the broker promises to a core of nodes: what {@link RaftCore} does, that they see each other alive and nobody else,
 * that their route tables and owner logs agree, and that clients at all of them hear each other.
 *
 * <p>Nodes of it that are of no cluster yet come to be of one: of that of the others, or, where nobody is of any, of one that they
 * form. A leader that the cluster restarts, as one of a minority, is not deposed: who leads then has its time anew.
 */
final class ClusterCore implements Core {
    private final Simulation sim;
    private final RaftCore raft;
    private final DeliveryProbe clients;
    private final ClusterBeginning beginning;
    private final ClusterHealing healing;
    private int restarts;

    ClusterCore(
            Simulation sim,
            RaftCore.Client writes,
            long electionNanos,
            ClusterBeginning beginning,
            ClusterHealing healing) {
        this.sim = sim;
        this.beginning = beginning;
        this.healing = healing;
        this.raft = new RaftCore(sim, this::group, writes, electionNanos);
        this.clients = new DeliveryProbe(sim);
    }

    private RaftGroup group(NodeId id) {
        return sim.protocol(id, BrokerNode.class).group();
    }

    @Override
    public boolean suffices(List<NodeId> core) {
        List<NodeId> begun = new ArrayList<>(core);
        begun.removeIf(beginning::isWaiting);
        if (begun.isEmpty()) {
            return beginning.canForm(core);
        }
        return begun.stream().anyMatch(healing::isRecovering) || raft.suffices(begun);
    }

    @Override
    public Stall stall(List<NodeId> core) {
        for (NodeId node : core) {
            if (beginning.isWaiting(node)) {
                return Stall.of(node, beginning.wait(node));
            }
            if (healing.isRecovering(node)) {
                return Stall.of(node, "reads back its log, after it was restarted as one of a minority");
            }
        }
        if (healing.restarts() != restarts) {
            restarts = healing.restarts();
            raft.restart();
        }
        Stall stall = raft.stall(core);
        stall = stall == null ? divergence(core) : stall;
        return stall == null ? clients.stall(core) : stall;
    }

    /** What each of the nodes that are up waits for in the group. */
    List<Stall> waits(List<NodeId> among) {
        return raft.waits(among);
    }

    /** What keeps nodes from agreeing, for each of them; null if nothing does. */
    Stall divergence(List<NodeId> among) {
        Stall lag = raft.lag(among);
        if (lag != null) {
            return lag;
        }
        List<BrokerNode> nodes = new ArrayList<>();
        among.forEach(id -> nodes.add(sim.protocol(id, BrokerNode.class)));
        Stall members = GossipStall.ofMembers(nodes, BrokerNode::membership);
        if (members != null) {
            return members;
        }
        Stall rows = GossipStall.ofRows(nodes, BrokerNode::ownerLog);
        if (rows != null) {
            return rows;
        }
        String divergence = ClusterOracles.divergence(nodes);
        return divergence == null ? null : Stall.of("broker", "waits for all to hold the same: " + divergence);
    }
}
