package io.orrery.server.simulation;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.BrokerNode;
import io.orrery.broker.heal.HealRecord;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Restarts of the minority after a split, in some runs. A node that the cluster's decision names loses power and starts anew at
 * once, which is less than the shutdown that a server grants it.
 *
 * <ul>
 *   <li>A1: a decision leaves somebody running, and restarts somebody. What a node has applied names the lives of all decisions so
 *       far: those of nodes that have restarted since are over.
 *   <li>A2: it restarts only lives that were held for dead by somebody, or that held somebody for dead.
 *   <li>A3: each life that restarts is named by a decision, and no life restarts twice.
 * </ul>
 */
final class ClusterHealing {
    private static final int HEALS_PPM = 200_000;
    private static final long WAIT_NANOS_MIN = Time.millis(200);
    private static final int WAIT_MILLIS_SPREAD = 1_800;

    /** A node and its generation. */
    private record Life(NodeId node, long generation) implements Comparable<Life> {
        @Override
        public int compareTo(Life other) {
            int byNode = node.compareTo(other.node);
            return byNode != 0 ? byNode : Long.compare(generation, other.generation);
        }
    }

    private final Simulation sim;
    private final long waitNanos;
    private final TreeSet<Life> apart = new TreeSet<>();
    private final TreeSet<Life> restarted = new TreeSet<>();
    private final TreeMap<NodeId, BrokerNode> recovering = new TreeMap<>();
    private HealRecord lastDecision = HealRecord.NONE;
    private int restarts;

    ClusterHealing(Simulation sim) {
        this.sim = sim;
        ChoiceStream luck = sim.choices("healing");
        boolean heals = luck.chance(HEALS_PPM);
        long drawnNanos = WAIT_NANOS_MIN + Time.millis(luck.below(WAIT_MILLIS_SPREAD));
        this.waitNanos = heals ? drawnNanos : 0;
    }

    /** Whether a minority restarts in this run. */
    boolean isOn() {
        return waitNanos > 0;
    }

    /** The configuration of all nodes. */
    BrokerConfig config(BrokerConfig usual) {
        return isOn() ? usual.with(usual.keeper().healing(waitNanos)) : usual;
    }

    /** A node boots, and nothing of it has run. */
    void onBoot(NodeId id, BrokerNode node) {
        if (!isOn()) {
            return;
        }
        node.healer().onRestart(() -> sim.after(1, () -> restart(id, node)));
        node.watch((before, after) -> {
            if (after.state() == MemberState.DEAD) {
                apart.add(new Life(after.node(), after.incarnation().generation()));
                apart.add(new Life(id, node.membership().self().incarnation().generation()));
            }
        });
    }

    private void restart(NodeId id, BrokerNode life) {
        if (!sim.isUp(id) || sim.protocol(id, BrokerNode.class) != life) {
            return;
        }
        Life ends = new Life(id, life.generation());
        Check.that(
                life.clusterState().heal().restarts(id, life.generation()) && restarted.add(ends),
                "A3: a life restarts once, and if it is named");
        restarts++;
        sim.crash(id);
        sim.restart(id);
        recovering.put(id, sim.protocol(id, BrokerNode.class));
    }

    /** Looks at what a node has applied. */
    void afterEvent(BrokerNode node) {
        HealRecord decision = node.clusterState().heal();
        if (decision.index() <= lastDecision.index()) {
            return;
        }
        Check.that(isOn(), "A3: nobody restarts where nobody is to");
        Check.that(!decision.restarts().equals(lastDecision.restarts()), "A1: somebody restarts");
        Check.that(sim.nodes().stream().anyMatch(id -> stays(id, decision)), "A1: somebody stays");
        lastDecision = decision;
        decision.restarts().forEach((id, generation) -> {
            if (!apart.contains(new Life(id, generation))) {
                throw new Check.Violation("A2: " + id + " restarts, and was never apart from anybody");
            }
        });
    }

    /** Of one that is down it is not known: it may have been the one that stays. */
    private boolean stays(NodeId id, HealRecord decision) {
        return !sim.isUp(id)
                || !decision.restarts(id, sim.protocol(id, BrokerNode.class).generation());
    }

    /** How many restarts there were: who leads may be another after each. */
    int restarts() {
        return restarts;
    }

    /** Whether a node has been restarted and has not read back its log. */
    boolean isRecovering(NodeId id) {
        BrokerNode life = recovering.get(id);
        boolean recovers = life != null
                && sim.isUp(id)
                && sim.protocol(id, BrokerNode.class) == life
                && !life.group().view().isRunning();
        if (!recovers) {
            recovering.remove(id);
        }
        return recovers;
    }
}
