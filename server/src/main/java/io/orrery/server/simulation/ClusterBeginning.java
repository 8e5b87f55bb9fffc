package io.orrery.server.simulation;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.BrokerNode;
import io.orrery.broker.boot.BootConfig;
import io.orrery.broker.boot.BootProgress;
import io.orrery.broker.boot.Electorate;
import io.orrery.broker.check.BootInvariants;
import io.orrery.kernel.Channel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Observer;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.NodeFault;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * How the brokers of a run come to be one cluster: mostly all are told that they are its voters; in some runs they find
 * together as on a first boot, by a number or by name, some of them started late, and are judged by {@link BootInvariants}.
 *
 * <ul>
 *   <li>F1: nobody finds together in a run whose plan may stop a node for good: the founders may be a bare majority, of which
 *       that is more than a minority.
 *   <li>F2: nor where a node runs an earlier release: there was a time before clusters had ids, and who is of a release of that
 *       time cannot be of a cluster that found together.
 * </ul>
 */
final class ClusterBeginning {
    private static final int BOOTS_PPM = 300_000;
    private static final int NAMED_PPM = 400_000;
    private static final int LATE_PPM = 250_000;
    private static final int LATE_MILLIS_MAX = 3_000;
    private static final int PATIENCE_MILLIS_MAX = 600;

    private final Simulation sim;
    private final List<NodeId> nodes;
    private final Electorate electorate;
    private final int patienceMillis;
    private final List<NodeId> late = new ArrayList<>();
    private final BootInvariants rules = new BootInvariants();
    private boolean isCalm;

    ClusterBeginning(Simulation sim, Scenario scenario) {
        this.sim = sim;
        this.nodes = scenario.nodes();
        ChoiceStream luck = sim.choices("beginning");
        boolean isDrawn = luck.chance(BOOTS_PPM);
        boolean isNamed = luck.chance(NAMED_PPM);
        int least = nodes.size() / 2 + 1;
        int expected = least + luck.below(nodes.size() - least + 1);
        this.patienceMillis = luck.below(PATIENCE_MILLIS_MAX);
        boolean boots = isDrawn && FaultBudget.mayLose(scenario).isEmpty() && !mixesReleases(scenario);
        this.electorate = !boots ? Electorate.NOBODY : isNamed ? Electorate.named(nodes) : Electorate.counted(expected);
        for (NodeId node : nodes) {
            if (luck.chance(LATE_PPM) && boots) {
                late.add(node);
            }
        }
    }

    private static boolean mixesReleases(Scenario scenario) {
        return scenario.plan().faults().stream().anyMatch(timed -> timed.fault() instanceof NodeFault.Version);
    }

    /** Whether nodes find together. */
    boolean isFirstBoot() {
        return electorate.forms();
    }

    /** The configuration of all nodes. */
    BrokerConfig config(BrokerConfig told) {
        if (!isFirstBoot()) {
            return told;
        }
        BootConfig usual = BootConfig.of(electorate, nodes).fast();
        BootConfig boot = new BootConfig(
                electorate, nodes, usual.helloNanos(), Time.millis(patienceMillis), usual.ballotNanos(), false);
        return told.with(boot);
    }

    /** The nodes are there: some of them stop before they have done anything, and start later. */
    void start() {
        if (!isFirstBoot()) {
            return;
        }
        sim.observe(new Observer() {
            @Override
            public boolean hearsTransitions() {
                return false;
            }

            @Override
            public void onSend(long message, NodeId from, NodeId to, Channel channel, int bytes, Object body) {
                rules.onSend(from, 0, body);
            }
        });
        for (NodeId node : late) {
            sim.crash(node);
            sim.after(Time.millis(1 + sim.choices("late " + node).below(LATE_MILLIS_MAX)), () -> startLate(node));
        }
    }

    private void startLate(NodeId node) {
        if (!isCalm && !sim.isUp(node) && !sim.isLost(node)) {
            sim.restart(node);
        }
    }

    /** What is down now is healed, or stays down on purpose. */
    void calm() {
        isCalm = true;
    }

    /** Looks at a node after its event. */
    void afterEvent(NodeId id, BrokerNode node) {
        if (isFirstBoot()) {
            boolean begins = node.boot().founding() != null
                    && node.boot().founding().names().contains(id);
            rules.observe(id, 0, node.boot(), begins);
        }
    }

    /** Whether a node that is up does not know yet which cluster it is of. */
    boolean isWaiting(NodeId id) {
        return isFirstBoot()
                && sim.isUp(id)
                && sim.protocol(id, BrokerNode.class).boot().founding() == null;
    }

    /** What such a node waits for. */
    String wait(NodeId id) {
        BootProgress progress = sim.protocol(id, BrokerNode.class).boot().progress();
        return "waits for its first boot, " + progress.phase() + ": " + progress.text();
    }

    /** Whether nodes that all wait can form the cluster: not where others may have formed it already. */
    boolean canForm(List<NodeId> waiting) {
        boolean isFormed = rules.founding() != null;
        return !isFormed && waiting.size() >= electorate.quorum();
    }
}
