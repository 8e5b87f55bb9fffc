package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.choice.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Plans {@link NodeFault}s. */
final class NodePlanner implements FamilyPlanner {
    /** Of crashes, how many strike when the disk has something to lose. */
    private static final int SYNCING_PPM = 600_000;

    /** Of power losses, how many strike only some of the nodes. */
    private static final int PARTIAL_PPM = 400_000;

    /** Of outages, how many end with a restart that dies again while it recovers. */
    private static final int STUMBLE_PPM = 200_000;

    /** So many writes into its recovery at the most. */
    private static final int STUMBLE_WRITES_MAX = 6;

    /** Of outages, how many have the clock set back meanwhile, as by a dead battery. */
    private static final int CLOCK_SET_BACK_PPM = 100_000;

    private static final long BACK_MILLIS_MAX = 60_000;

    private static final int EVENTS_MAX = 200;
    private static final int WRITES_MAX = 60;
    private static final int WILD_PAUSE_PPM = 250_000;

    private final PlanDraft draft;

    NodePlanner(PlanDraft draft) {
        this.draft = draft;
    }

    @Override
    public void add(Trouble trouble, Prng luck, long from, long to) {
        NodeId node = draft.drawNode(luck);
        switch (trouble) {
            case CRASH ->
                addOutage(
                        luck,
                        from,
                        to,
                        node,
                        luck.chance(SYNCING_PPM) ? new NodeFault.CrashSyncing(node) : new NodeFault.Crash(node));
            case COUNTED_CRASH -> addOutage(luck, from, to, node, countedCrash(luck, node));
            case BUSY -> draft.add(from, new NodeFault.Busy(node, work(luck), to - from));
            case POWER_LOSS -> addPowerLoss(luck, from, to);
            case PAUSE -> draft.add(from, new NodeFault.Pause(node, pauseNanos(luck, from, to)));
            default -> throw new IllegalArgumentException("not a trouble of nodes: " + trouble);
        }
    }

    /** Soon, if the node does anything: at any of its next events, or between two of its next writes. */
    private static Fault countedCrash(Prng luck, NodeId node) {
        return luck.chance(500_000)
                ? new NodeFault.CrashAfter(node, 1 + luck.below(EVENTS_MAX), NodeFault.Countdown.EVENTS)
                : new NodeFault.CrashAfter(node, 1 + luck.below(WRITES_MAX), NodeFault.Countdown.WRITES);
    }

    /** Most pauses last as long as the profile says; some anything from 1 ms to 60 s, each order of magnitude alike. */
    private long pauseNanos(Prng luck, long from, long to) {
        if (!luck.chance(WILD_PAUSE_PPM)) {
            return to - from;
        }
        long least = Time.millis(1) << luck.below(16);
        return Math.min(least + Time.micros(luck.below(least / 1_000)), draft.endNanos() - from);
    }

    /** Steady work, uneven work, or none but for a long event now and then. */
    private static Spread work(Prng luck) {
        long micros = luck.between(10, 2_000);
        return switch (luck.below(3)) {
            case 0 -> Spread.uniform(Time.micros(micros), Time.micros(micros));
            case 1 -> Spread.exponential(Time.micros(micros), 0);
            default ->
                Spread.tail(0, Time.micros(10), (int) luck.between(500, 20_000), Time.millis(luck.between(10, 1_000)));
        };
    }

    private void addOutage(Prng luck, long from, long to, NodeId node, Fault fault) {
        long again = luck.chance(STUMBLE_PPM) ? Math.min(draft.endNanos(), to + Time.micros(luck.below(500_000))) : to;
        boolean clockSetBack = luck.chance(CLOCK_SET_BACK_PPM);
        if (!draft.budget().maybeTake(node, from, again)) {
            return;
        }
        draft.add(from, fault, to, new NodeFault.Restart(node));
        if (clockSetBack) {
            draft.add((from + to) / 2, new ClockFault.Step(node, -Time.millis(1 + luck.below(BACK_MILLIS_MAX))));
        }
        if (again > to) {
            draft.add(
                    to,
                    new NodeFault.CrashAfter(node, 1 + luck.below(STUMBLE_WRITES_MAX), NodeFault.Countdown.WRITES),
                    again,
                    new NodeFault.Restart(node));
        }
    }

    /** All nodes, or a few; they come back within moments of each other, in any order. */
    private void addPowerLoss(Prng luck, long from, long to) {
        List<NodeId> struck = draft.shuffledNodes(luck);
        if (luck.chance(PARTIAL_PPM)) {
            struck = struck.subList(0, 1 + luck.below(struck.size()));
        }
        boolean syncing = luck.chance(SYNCING_PPM);
        draft.add(from, new NodeFault.PowerLoss(Collections.unmodifiableList(new ArrayList<>(struck)), syncing));
        for (NodeId node : struck) {
            long back = Math.min(draft.endNanos(), to + Time.micros(luck.below(300_000)));
            draft.add(back, new NodeFault.Restart(node));
        }
    }
}
