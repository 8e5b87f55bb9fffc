package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Releases;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps a plan within what protocols promise to survive: at most a minority of the nodes is down at any time, and all are up
 * again before the horizon. A power loss may take any number at once, since their disks come back: nothing that was durable
 * may be lost by it. What of disks is promised: {@link DiskBudget}.
 */
public final class FaultBudget {
    private final int downMax;
    private final List<Outage> outages = new ArrayList<>();

    public FaultBudget(int nodeCount) {
        downMax = (nodeCount - 1) / 2;
    }

    /** How many nodes may be down at once. */
    public int downMax() {
        return downMax;
    }

    /** Takes an outage into account, if the budget has room for it. */
    boolean maybeTake(NodeId node, long fromNanos, long toNanos) {
        int overlapping = 0;
        for (Outage outage : outages) {
            if (outage.fromNanos <= toNanos && fromNanos <= outage.toNanos) {
                if (outage.node.equals(node)) {
                    return false;
                }
                overlapping++;
            }
        }
        boolean room = overlapping < downMax;
        if (room) {
            outages.add(new Outage(node, fromNanos, toNanos));
        }
        return room;
    }

    private record Outage(NodeId node, long fromNanos, long toNanos) {}

    /** Nodes that the scenario's plan may stop, or keep from voting, for good: whoever changes members must be able to do without them. */
    public static SortedSet<NodeId> mayLose(Scenario scenario) {
        TreeSet<NodeId> lost = new TreeSet<>();
        for (TimedFault timed : scenario.plan().faults()) {
            DiskBudget.note(timed.fault(), new TreeSet<>(), lost);
        }
        return lost;
    }

    /**
     * The first line of the scenario's plan that goes beyond the budget, with the reason; null if none does. A scenario that
     * expects less than convergence may have any plan, except that only survival can be expected of forged frames that no
     * seal stops.
     */
    public static String objection(Scenario scenario) {
        for (TimedFault timed : scenario.plan().faults()) {
            if (forges(timed.fault()) && scenario.expect() != Expectation.SURVIVAL && !isSealed(scenario)) {
                return timed + ": no protocol promises anything of forged frames, but for survival, unless at 0ms seal";
            }
        }
        return scenario.expect() == Expectation.CONVERGENCE ? outage(scenario) : null;
    }

    private static boolean goesBack(NodeFault.Version version, long atNanos, TreeMap<NodeId, Integer> releases) {
        Integer before = releases.put(version.node(), version.formatsMax());
        return atNanos > 0 && version.formatsMax() < (before == null ? Releases.NEWEST : before);
    }

    private static boolean forges(Fault fault) {
        return fault instanceof NetworkFault.Condition link && link.policy().forgePpm() > 0
                || fault instanceof NetworkFault.Weather weather
                        && weather.policy().forgePpm() > 0;
    }

    private static boolean isSealed(Scenario scenario) {
        return scenario.plan().faults().stream()
                .anyMatch(timed -> timed.atNanos() == 0 && timed.fault() instanceof SealingFault.Begin);
    }

    private static String outage(Scenario scenario) {
        int downMax = new FaultBudget(scenario.nodeCount()).downMax();
        TreeSet<NodeId> down = new TreeSet<>();
        TreeSet<NodeId> dark = new TreeSet<>();
        TreeSet<NodeId> lost = new TreeSet<>();
        TreeSet<NodeId> waiting = new TreeSet<>();
        TreeMap<NodeId, Integer> releases = new TreeMap<>();
        for (TimedFault timed : scenario.plan().faults()) {
            if (timed.atNanos() > scenario.horizonNanos()) {
                return timed + ": it is after the horizon of " + Time.text(scenario.horizonNanos());
            }
            String unpromised = DiskBudget.unpromised(timed.fault(), scenario.workload());
            if (unpromised != null) {
                return timed + ": " + unpromised;
            }
            if (timed.fault() instanceof NodeFault.Version version && goesBack(version, timed.atNanos(), releases)) {
                return timed + ": an earlier release does not read what a later one has written";
            }
            DiskBudget.note(timed.fault(), down, lost);
            DiskBudget.noteWaiting(timed.fault(), waiting);
            if (timed.fault() instanceof NodeFault.Crash crash) {
                down.add(crash.node());
            } else if (timed.fault() instanceof NodeFault.CrashSyncing crash) {
                down.add(crash.node());
            } else if (timed.fault() instanceof NodeFault.CrashAfter crash) {
                down.add(crash.node());
            } else if (timed.fault() instanceof NodeFault.PowerLoss loss) {
                dark.addAll(loss.nodes());
            } else if (timed.fault() instanceof NodeFault.Restart restart) {
                down.remove(restart.node());
                dark.remove(restart.node());
            }
            TreeSet<NodeId> missing = new TreeSet<>(down);
            missing.addAll(lost);
            if (missing.size() > downMax) {
                return timed + ": it takes down " + missing.size() + " of " + scenario.nodeCount() + " nodes at once";
            }
        }
        down.addAll(dark);
        down.removeAll(lost);
        if (!waiting.isEmpty()) {
            return "the plan leaves disks of " + waiting + " full or frozen at the horizon";
        }
        return down.isEmpty() ? null : "the plan leaves " + down + " down at the horizon";
    }
}
