package io.orrery.sim.explore;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.scenario.Fault;
import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.NetworkFault;
import io.orrery.sim.scenario.NodeFault;
import io.orrery.sim.scenario.Operations;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes other scenarios of one, the same up to a moment.
 *
 * <ul>
 *   <li>I1: the budget admits every scenario that it makes; where it does not, the old one stays.
 * </ul>
 */
final class PlanSplicer {
    private static final int TRIES = 4;
    private static final int STRIKES_MAX = 2;
    private static final long NUMBER_MAX = 1L << 20;

    private final Scenario scenario;
    private final long nanos;
    private final Prng luck;

    /**
     * @param nanos the moment
     */
    PlanSplicer(Scenario scenario, long nanos, Prng luck) {
        this.scenario = scenario;
        this.nanos = nanos;
        this.luck = luck;
    }

    /**
     * From the moment on, all of another's faults, and as much time as they need: a whole run of that seed that begins in a
     * rare state. Nodes that are down come back all the same.
     */
    Scenario splice(Scenario donor) {
        return spliced(donor, List.of());
    }

    /**
     * The same, and a crash, a power loss, a cut or a pause, or two of them, within milliseconds of the moment and of some more: where a run
     * was in rare states once, one like it often is again at about that time.
     *
     * @param moments none of them before the first one
     */
    Scenario strike(Scenario donor, List<Long> moments) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            List<TimedFault> strikes = new ArrayList<>();
            for (long moment : moments) {
                long at = moment;
                int count = 1 + luck.below(STRIKES_MAX);
                for (int i = 0; i < count; i++) {
                    at += 1 + luck.exponential(Time.millis(luck.chance(500_000) ? 1 : 50));
                    long downNanos = 1 + luck.exponential(Time.millis(luck.chance(500_000) ? 30 : 600));
                    addStrike(strikes, at / 1_000 * 1_000, Math.max(1_000, downNanos / 1_000 * 1_000));
                }
            }
            Scenario struck = spliced(donor, strikes);
            if (struck != scenario) {
                return struck;
            }
        }
        return scenario;
    }

    private Scenario spliced(Scenario donor, List<TimedFault> strikes) {
        long shift = nanos / 1_000 * 1_000 + 1_000;
        List<TimedFault> faults = new ArrayList<>(strikes);
        for (TimedFault timed : scenario.plan().faults()) {
            if (timed.atNanos() <= nanos || timed.fault() instanceof NodeFault.Restart) {
                faults.add(timed);
            }
        }
        for (TimedFault timed : donor.plan().faults()) {
            faults.add(new TimedFault(timed.atNanos() + shift, timed.fault()));
        }
        long horizonNanos = Math.max(scenario.horizonNanos(), shift + donor.horizonNanos());
        return admitted(scenario.horizon(horizonNanos), faults);
    }

    private void addStrike(List<TimedFault> faults, long at, long downNanos) {
        NodeId node = scenario.nodes().get(luck.below(scenario.nodeCount()));
        long end = Math.min(at + downNanos, scenario.horizonNanos());
        if (at >= end) {
            return;
        }
        switch (luck.below(6)) {
            case 0 -> add(faults, at, new NodeFault.Crash(node), end, new NodeFault.Restart(node));
            case 1, 2 -> add(faults, at, new NodeFault.CrashSyncing(node), end, new NodeFault.Restart(node));
            case 3 -> addPowerLoss(faults, at, end);
            case 4 -> add(faults, at, new NetworkFault.Isolation(node), end, new NetworkFault.Rejoining(node));
            default -> faults.add(new TimedFault(at, new NodeFault.Pause(node, end - at)));
        }
    }

    /** Of some nodes or all, while the first of them syncs. */
    private void addPowerLoss(List<TimedFault> faults, long at, long end) {
        List<NodeId> nodes = new ArrayList<>(scenario.nodes());
        luck.shuffle(nodes);
        List<NodeId> dark = new ArrayList<>(nodes.subList(0, 1 + luck.below(nodes.size())));
        faults.add(new TimedFault(at, new NodeFault.PowerLoss(dark, true)));
        for (NodeId node : dark) {
            faults.add(new TimedFault(end, new NodeFault.Restart(node)));
        }
    }

    private static void add(List<TimedFault> faults, long at, Fault fault, long end, Fault undo) {
        faults.add(new TimedFault(at, fault));
        faults.add(new TimedFault(end, undo));
    }

    /** One fault less, one moved, or one twice. */
    Scenario replan() {
        for (int attempt = 0; attempt < TRIES && !scenario.plan().faults().isEmpty(); attempt++) {
            List<TimedFault> faults = new ArrayList<>(scenario.plan().faults());
            int index = luck.below(faults.size());
            TimedFault timed = faults.get(index);
            long shift = luck.exponential(Time.millis(200));
            long at = luck.chance(500_000) ? timed.atNanos() + shift : Math.max(0, timed.atNanos() - shift);
            TimedFault moved = new TimedFault(Math.min(at, scenario.horizonNanos()), timed.fault());
            switch (luck.below(3)) {
                case 0 -> faults.remove(index);
                case 1 -> faults.set(index, moved);
                default -> faults.add(moved);
            }
            Scenario other = admitted(scenario, faults);
            if (other != scenario) {
                return other;
            }
        }
        return scenario;
    }

    /** From about the moment on, some of the operations stay out. */
    Scenario omit() {
        if (!scenario.operations().isAll() || scenario.ratePerSecond() == 0) {
            return scenario.operations(Operations.ALL);
        }
        long first = nanos / 1_000 * scenario.ratePerSecond() / 1_000_000;
        long left = first + 1 + luck.below(4L * scenario.ratePerSecond());
        List<Operations.Range> ranges = new ArrayList<>();
        if (first > 0) {
            ranges.add(new Operations.Range(0, first - 1));
        }
        ranges.add(new Operations.Range(left, left + NUMBER_MAX));
        return scenario.operations(new Operations(ranges));
    }

    /** I1. */
    private Scenario admitted(Scenario longer, List<TimedFault> faults) {
        Scenario other = longer.plan(new FaultPlan(faults));
        boolean wasAdmitted = FaultBudget.objection(scenario) == null;
        return wasAdmitted && FaultBudget.objection(other) != null ? scenario : other;
    }
}
