package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes one concrete plan of a profile. Each kind of trouble draws from a stream of its own, so that turning one off leaves
 * the others as they were.
 */
final class FaultPlanner {
    /** Of crashes, how many strike when the disk has something to lose. */
    private static final int SYNCING_PPM = 600_000;

    /** Of power losses, how many strike only some of the nodes. */
    private static final int PARTIAL_PPM = 400_000;

    private static final int DRIFT_PPM_MAX = 500;
    private static final long STEP_MILLIS_MAX = 10_000;
    private static final long NANOS_MAX = Time.seconds(60);

    private final FaultProfile profile;
    private final Prng prng;
    private final List<NodeId> nodes;
    private final FaultBudget budget;
    private final List<TimedFault> faults = new ArrayList<>();
    private final long startNanos;
    private final long endNanos;

    FaultPlanner(FaultProfile profile, Prng prng, List<NodeId> nodes, long horizonNanos) {
        this.profile = profile;
        this.prng = prng;
        this.nodes = nodes;
        this.budget = new FaultBudget(nodes.size());
        this.startNanos = horizonNanos / 50;
        this.endNanos = (horizonNanos - horizonNanos / 20) / 1_000 * 1_000;
    }

    FaultPlan plan() {
        if (!profile.weather().equals(LinkPolicy.LAN)) {
            faults.add(new TimedFault(0, new NetworkFault.Weather(profile.weather())));
        }
        if (profile.diskExtraNanos() > 0) {
            for (NodeId node : nodes) {
                faults.add(new TimedFault(0, new DiskFault.Slow(node, profile.diskExtraNanos())));
            }
        }
        for (Trouble trouble : Trouble.values()) {
            boolean needsPeers = trouble.compareTo(Trouble.PARTITION) >= 0 && trouble.compareTo(Trouble.RESET) <= 0;
            if (profile.intervalNanos(trouble) > 0 && (nodes.size() > 1 || !needsPeers)) {
                addEpisodes(trouble, prng.fork("plan " + trouble));
            }
        }
        return new FaultPlan(faults);
    }

    private void addEpisodes(Trouble trouble, Prng own) {
        long at = startNanos;
        while (true) {
            at += 1 + own.exponential(profile.intervalNanos(trouble));
            if (at >= endNanos) {
                return;
            }
            long from = at / 1_000 * 1_000;
            long drawn = 1_000 + own.exponential(profile.durationNanos(trouble)) / 1_000 * 1_000;
            long to = Math.min(from + Math.min(drawn, NANOS_MAX), endNanos);
            add(trouble, own, from, to);
            at = trouble == Trouble.PARTITION ? to : at;
        }
    }

    private void add(Trouble trouble, Prng own, long from, long to) {
        NodeId node = nodes.get(own.below(nodes.size()));
        switch (trouble) {
            case CRASH ->
                addOutage(
                        from,
                        to,
                        node,
                        own.chance(SYNCING_PPM) ? new NodeFault.CrashSyncing(node) : new NodeFault.Crash(node));
            case POWER_LOSS -> addPowerLoss(own, from, to);
            case FAILED_SYNC -> addFailedSync(from, to, node);
            case PARTITION -> addBoth(from, partition(own), to, new NetworkFault.Healing());
            case ISOLATION -> addBoth(from, new NetworkFault.Isolation(node), to, new NetworkFault.Healing());
            case CUT, BAD_LINK, RESET -> addLinkTrouble(trouble, own, from, to, node);
            case PAUSE -> faults.add(new TimedFault(from, new NodeFault.Pause(node, to - from)));
            case SLOW_DISK ->
                addBoth(
                        from,
                        new DiskFault.Slow(node, Time.micros(own.between(1_000, 100_000))),
                        to,
                        new DiskFault.Repair(node));
            case DRIFT ->
                faults.add(new TimedFault(
                        from, new ClockFault.Drift(node, (int) own.between(-DRIFT_PPM_MAX, DRIFT_PPM_MAX))));
            case STEP ->
                faults.add(new TimedFault(
                        from, new ClockFault.Step(node, Time.millis(own.between(-STEP_MILLIS_MAX, STEP_MILLIS_MAX)))));
        }
    }

    private void addBoth(long from, Fault fault, long to, Fault end) {
        faults.add(new TimedFault(from, fault));
        faults.add(new TimedFault(to, end));
    }

    private void addOutage(long from, long to, NodeId node, Fault fault) {
        if (budget.maybeTake(node, from, to)) {
            addBoth(from, fault, to, new NodeFault.Restart(node));
        }
    }

    /** All nodes, or a few; they come back within moments of each other, in any order. */
    private void addPowerLoss(Prng own, long from, long to) {
        List<NodeId> struck = new ArrayList<>(nodes);
        own.shuffle(struck);
        if (own.chance(PARTIAL_PPM)) {
            struck = struck.subList(0, 1 + own.below(struck.size()));
        }
        faults.add(new TimedFault(
                from,
                new NodeFault.PowerLoss(
                        Collections.unmodifiableList(new ArrayList<>(struck)), own.chance(SYNCING_PPM))));
        for (NodeId node : struck) {
            long back = Math.min(endNanos, to + Time.micros(own.below(300_000)));
            faults.add(new TimedFault(back, new NodeFault.Restart(node)));
        }
    }

    /** The sync to fail is withdrawn before the restart, so that a node that wrote nothing does not halt later. */
    private void addFailedSync(long from, long to, NodeId node) {
        if (budget.maybeTake(node, from, to)) {
            addBoth(from, new DiskFault.FailedSync(node), to, new DiskFault.Repair(node));
            faults.add(new TimedFault(to, new NodeFault.Restart(node)));
        }
    }

    private void addLinkTrouble(Trouble trouble, Prng own, long from, long to, NodeId node) {
        NodeId other = nodes.get((nodes.indexOf(node) + 1 + own.below(nodes.size() - 1)) % nodes.size());
        switch (trouble) {
            case CUT -> addBoth(from, new NetworkFault.Cut(node, other), to, new NetworkFault.Mending(node, other));
            case RESET -> faults.add(new TimedFault(from, new NetworkFault.StreamReset(node, other)));
            default ->
                addBoth(
                        from,
                        new NetworkFault.Condition(node, other, badLink(own)),
                        to,
                        new NetworkFault.Condition(node, other, profile.weather()));
        }
    }

    private static LinkPolicy badLink(Prng own) {
        long shortest = Time.micros(own.between(100, 50_000));
        return LinkPolicy.LAN
                .delay(shortest, shortest + Time.micros(own.below(300_000)))
                .loss(own.below(400_000))
                .duplicate(own.below(200_000))
                .reorder(own.below(200_000));
    }

    private Fault partition(Prng own) {
        List<NodeId> shuffled = new ArrayList<>(nodes);
        own.shuffle(shuffled);
        List<List<NodeId>> groups = new ArrayList<>();
        int parts = nodes.size() > 3 && own.chance(200_000) ? 3 : 2;
        int from = 0;
        for (int part = 0; part < parts; part++) {
            int rest = parts - part - 1;
            int most = shuffled.size() - from - rest;
            int to = rest == 0 ? shuffled.size() : from + 1 + own.below(most);
            List<NodeId> group = new ArrayList<>(shuffled.subList(from, to));
            group.sort(null);
            groups.add(group);
            from = to;
        }
        return new NetworkFault.Partition(groups);
    }
}
