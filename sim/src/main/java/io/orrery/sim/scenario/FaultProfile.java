package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.choice.Spread;
import io.orrery.sim.network.LinkPolicy;
import java.util.List;

/**
 * How often what goes wrong in one run: a draw of it per seed, in which about half of the kinds of trouble are wholly off,
 * so that each seed is extreme in its own way (swarm testing, Groce et al., ISSTA 2012).
 *
 * <p>A profile makes a concrete {@link FaultPlan}, and is then no longer needed.
 */
public final class FaultProfile {
    private static final Trouble[] TROUBLES = Trouble.values();

    private static final int SLOW_DISKS_PPM = 500_000;

    private final LinkPolicy weather;
    private final long diskExtraNanos;
    private final long[] intervalNanos;
    private final long[] durationNanos;

    private FaultProfile(LinkPolicy weather, long diskExtraNanos, long[] intervalNanos, long[] durationNanos) {
        this.weather = weather;
        this.diskExtraNanos = diskExtraNanos;
        this.intervalNanos = intervalNanos;
        this.durationNanos = durationNanos;
    }

    /** Nothing goes wrong. */
    public static FaultProfile none() {
        return new FaultProfile(LinkPolicy.LAN, 0, new long[TROUBLES.length], new long[TROUBLES.length]);
    }

    /**
     * Every kind of trouble at a moderate rate, the same for all seeds: what a simulator without swarm testing does, kept
     * for comparison.
     *
     * @param workload which decides about what is promised
     */
    public static FaultProfile uniform(String workload) {
        long[] intervals = new long[TROUBLES.length];
        long[] durations = new long[TROUBLES.length];
        for (Trouble trouble : TROUBLES) {
            if (DiskBudget.unpromised(trouble, workload) != null) {
                continue;
            }
            intervals[trouble.ordinal()] = (trouble.intervalNanosMin + trouble.intervalNanosMax) / 2;
            durations[trouble.ordinal()] = (trouble.durationNanosMin + trouble.durationNanosMax) / 2;
        }
        LinkPolicy weather = LinkPolicy.LAN
                .delay(Time.micros(500), Time.millis(10))
                .loss(20_000)
                .duplicate(20_000)
                .reorder(20_000);
        return new FaultProfile(weather, 0, intervals, durations);
    }

    /** One kind of trouble and nothing else, also one that profiles leave out; at its mean rate. */
    static FaultProfile only(Trouble trouble) {
        FaultProfile only = none();
        only.intervalNanos[trouble.ordinal()] = (trouble.intervalNanosMin + trouble.intervalNanosMax) / 2;
        only.durationNanos[trouble.ordinal()] = (trouble.durationNanosMin + trouble.durationNanosMax) / 2;
        return only;
    }

    /**
     * Draws a profile.
     *
     * @param workload which decides about what is promised
     */
    public static FaultProfile draw(Prng prng, String workload) {
        long[] intervals = new long[TROUBLES.length];
        long[] durations = new long[TROUBLES.length];
        for (Trouble trouble : TROUBLES) {
            Prng own = prng.fork("profile " + trouble);
            boolean on = own.chance(500_000) && DiskBudget.unpromised(trouble, workload) == null;
            intervals[trouble.ordinal()] = on ? own.between(trouble.intervalNanosMin, trouble.intervalNanosMax) : 0;
            durations[trouble.ordinal()] = own.between(trouble.durationNanosMin, trouble.durationNanosMax);
        }
        return new FaultProfile(drawWeather(prng.fork("weather")), drawDisks(prng.fork("disks")), intervals, durations);
    }

    /** How the whole network is in this run: a quarter of the runs has a healthy one. */
    private static LinkPolicy drawWeather(Prng prng) {
        if (prng.chance(250_000)) {
            return LinkPolicy.LAN;
        }
        LinkPolicy delayed = LinkPolicy.LAN.delay(drawDelay(prng));
        return delayed.loss(prng.chance(500_000) ? prng.below(50_000) : 0)
                .duplicate(prng.chance(500_000) ? prng.below(50_000) : 0)
                .reorder(prng.chance(500_000) ? prng.below(50_000) : 0)
                .corrupt(prng.chance(250_000) ? prng.below(5_000) : 0);
    }

    private static Spread drawDelay(Prng prng) {
        long shortest = Time.micros(prng.between(50, 5_000));
        long more = Time.micros(prng.below(30_000));
        return switch (prng.below(4)) {
            case 0 -> Spread.exponential(shortest + more / 4, shortest);
            case 1 -> Spread.tail(shortest, shortest * 3, (int) prng.between(500, 5_000), shortest * 3 + more * 10);
            default -> Spread.uniform(shortest, shortest + more);
        };
    }

    /** How much slower than new all disks are in this run: half of the runs have new ones. */
    private static long drawDisks(Prng prng) {
        return prng.chance(SLOW_DISKS_PPM) ? Time.micros(prng.between(500, 20_000)) : 0;
    }

    /** The scenario's seed decides on a profile, and the profile on a plan that {@link FaultBudget} admits. */
    public static Scenario drawFor(Scenario calm) {
        Prng prng = new Prng(calm.seed()).fork("faults");
        return calm.plan(draw(prng, calm.workload()).plan(prng, calm.nodes(), calm.horizonNanos()));
    }

    /** The same with the {@link #uniform} profile: the seed decides only on the plan. */
    public static Scenario uniformFor(Scenario calm) {
        Prng prng = new Prng(calm.seed()).fork("faults");
        return calm.plan(uniform(calm.workload()).plan(prng, calm.nodes(), calm.horizonNanos()));
    }

    /** A plan within {@link FaultBudget}, over before the horizon. */
    public FaultPlan plan(Prng prng, List<NodeId> nodes, long horizonNanos) {
        return new FaultPlanner(this, prng, nodes, horizonNanos).plan();
    }

    LinkPolicy weather() {
        return weather;
    }

    /** What each disk operation takes longer, on all nodes, from the start. */
    long diskExtraNanos() {
        return diskExtraNanos;
    }

    /** Mean time between two of a kind; 0 if it is off. */
    long intervalNanos(Trouble trouble) {
        return intervalNanos[trouble.ordinal()];
    }

    /** Mean time that one of a kind lasts. */
    long durationNanos(Trouble trouble) {
        return durationNanos[trouble.ordinal()];
    }
}
