package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.ArrayList;
import java.util.List;

/** A plan while it is made: its lines so far, its nodes, and what the budget still has room for. */
final class PlanDraft {
    private final List<NodeId> nodes;
    private final FaultBudget budget;
    private final List<TimedFault> faults = new ArrayList<>();
    private final long startNanos;
    private final long endNanos;

    PlanDraft(List<NodeId> nodes, long horizonNanos) {
        this.nodes = nodes;
        this.budget = new FaultBudget(nodes.size());
        this.startNanos = horizonNanos / 50;
        this.endNanos = (horizonNanos - horizonNanos / 20) / 1_000 * 1_000;
    }

    List<NodeId> nodes() {
        return nodes;
    }

    FaultBudget budget() {
        return budget;
    }

    /** No fault but the weather comes before. */
    long startNanos() {
        return startNanos;
    }

    /** All is over by then, a little before the horizon. */
    long endNanos() {
        return endNanos;
    }

    NodeId drawNode(Prng luck) {
        return nodes.get(luck.below(nodes.size()));
    }

    /** One of the others; there must be one. */
    NodeId drawPeer(Prng luck, NodeId node) {
        return nodes.get((nodes.indexOf(node) + 1 + luck.below(nodes.size() - 1)) % nodes.size());
    }

    List<NodeId> shuffledNodes(Prng luck) {
        List<NodeId> shuffled = new ArrayList<>(nodes);
        luck.shuffle(shuffled);
        return shuffled;
    }

    void add(long atNanos, Fault fault) {
        faults.add(new TimedFault(atNanos, fault));
    }

    /** A fault and its end. */
    void add(long fromNanos, Fault fault, long toNanos, Fault end) {
        add(fromNanos, fault);
        add(toNanos, end);
    }

    FaultPlan plan() {
        return new FaultPlan(faults);
    }
}
