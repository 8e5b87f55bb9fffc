package io.orrery.server.simulation;

import io.orrery.broker.BrokerNode;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
import io.orrery.raft.MembershipChange;
import io.orrery.sim.Simulation;
import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Nodes that leave the cluster and come back, are forgotten while they are down or out of reach, and hand leadership over. In
 * the end all are back.
 *
 * <ul>
 *   <li>H1: at most a minority of the nodes is away at a time, and nobody in a run whose plan may stop a node for good: the
 *       voters that are left might be too few without it.
 * </ul>
 */
final class ClusterChurn {
    private static final int[] PPM = {0, 0, 3_000, 15_000};
    private static final long AWAY_NANOS_MAX = Time.seconds(3);
    /** After so long a request to remove a node has had its effect, or hardly will have. */
    private static final long ASKED_NANOS_MAX = Time.seconds(2);

    private final Simulation sim;
    private final int ppm;
    private final int awayMax;
    private final TreeMap<NodeId, Away> away = new TreeMap<>();
    private boolean isOver;

    /**
     * One that was asked to leave or is to be forgotten.
     *
     * @param life that has left; null where none is known to have
     * @param sinceNanos when that was asked
     */
    private record Away(BrokerNode life, long sinceNanos) {}

    ClusterChurn(Simulation sim, Scenario scenario) {
        this.sim = sim;
        int drawn = PPM[sim.choices("churn").below(PPM.length)];
        this.ppm = FaultBudget.mayLose(scenario).isEmpty() ? drawn : 0;
        this.awayMax = (scenario.nodeCount() - 1) / 2;
    }

    /** Whether this operation is one of these; it is done then. */
    boolean maybeOperate(Prng luck) {
        if (!luck.chance(ppm)) {
            return false;
        }
        int kind = luck.below(100);
        NodeId asked = sim.nodes().get(luck.below(sim.nodes().size()));
        NodeId other = sim.nodes().get(luck.below(sim.nodes().size()));
        long awayNanos = 1 + luck.below(AWAY_NANOS_MAX);
        noteReturned();
        if (!sim.isUp(asked)) {
            return true;
        }
        BrokerNode node = node(asked);
        if (kind < 5) {
            sim.onNode(asked, () -> node.group().maybeHandOver());
        } else if (kind < 14) {
            demoteTwo(asked, other);
        } else if (kind < 20) {
            sim.onNode(asked, () -> node.group().maybeTransferTo(other));
        } else if (kind < 65) {
            leave(asked, node, awayNanos);
        } else if (!asked.equals(other) && maybeSend(other)) {
            sim.onNode(asked, () -> node.forget(other, reason -> {}));
        }
        return true;
    }

    /** Two voters at once become learners, through a joint configuration; each will ask for its vote again. */
    private void demoteTwo(NodeId one, NodeId other) {
        BrokerNode leader = leader();
        if (leader != null && !one.equals(other)) {
            sim.onNode(leader.self(), () -> {
                Configuration configuration = leader.group().configuration();
                boolean areVoters = configuration.isVoter(one) && configuration.isVoter(other);
                boolean spares = configuration.voters().size() - 2 > sim.nodes().size() / 2 - 1;
                if (areVoters && spares && !isOver) {
                    MembershipChange change = MembershipChange.demote(one).and(MembershipChange.demote(other));
                    leader.group().change(change, outcome -> {});
                }
            });
        }
    }

    private BrokerNode node(NodeId id) {
        return sim.protocol(id, BrokerNode.class);
    }

    /** H1: takes the node into account as one that is away. */
    private boolean maybeSend(NodeId id) {
        if (isOver || away.containsKey(id) || away.size() >= awayMax) {
            return false;
        }
        away.put(id, new Away(null, sim.nowNanos()));
        return true;
    }

    private void leave(NodeId id, BrokerNode node, long awayNanos) {
        if (maybeSend(id)) {
            sim.onNode(id, () -> node.leave(() -> onLeft(id, node, awayNanos)));
        }
    }

    private void onLeft(NodeId id, BrokerNode node, long awayNanos) {
        away.put(id, new Away(node, sim.nowNanos()));
        sim.after(isOver ? 1 : awayNanos, () -> comeBack(id));
    }

    /** The node joins again, unless it has begun another life meanwhile, in which it does so by itself. */
    private void comeBack(NodeId id) {
        BrokerNode left = away.containsKey(id) ? away.get(id).life : null;
        if (left != null && sim.isUp(id) && node(id) == left) {
            away.put(id, new Away(null, sim.nowNanos()));
            sim.onNode(id, () -> left.join(sim.nodes()));
        }
    }

    /** Who votes, as the one that leads has it, is back. */
    private void noteReturned() {
        BrokerNode leader = leader();
        if (leader == null) {
            return;
        }
        away.entrySet().removeIf(entry -> {
            NodeId id = entry.getKey();
            boolean isDone = sim.nowNanos() - entry.getValue().sinceNanos >= ASKED_NANOS_MAX;
            boolean isHere = sim.isUp(id)
                    && node(id) != entry.getValue().life
                    && node(id).keeper().isSettled();
            return isDone && isHere && leader.group().configuration().isVoter(id);
        });
    }

    private BrokerNode leader() {
        BrokerNode leader = null;
        for (NodeId id : sim.nodes()) {
            boolean leads = sim.isUp(id) && node(id).group().isLeader();
            if (leads
                    && (leader == null
                            || node(id).group().term() > leader.group().term())) {
                leader = node(id);
            }
        }
        return leader;
    }

    /** Nobody leaves from here on, and who has left comes back. */
    void end() {
        isOver = true;
        new ArrayList<>(away.keySet()).forEach(this::comeBack);
    }

    /** Of these nodes, those without the place in the group that they should have; asked when a leader is there. */
    List<NodeId> missing(List<NodeId> among) {
        BrokerNode leader = leader();
        List<NodeId> missing = new ArrayList<>(among);
        missing.removeIf(id -> leader != null && leader.group().configuration().isVoter(id));
        return missing;
    }
}
