package io.orrery.sim.shrink;

import io.orrery.kernel.Time;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Operations;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Takes out time: brings the horizon forward, leaves out the beginning, then brings forward everything behind a stretch in
 * which nothing happens. Operations come at a
 * rate, so those behind such a stretch give way to others with as many numbers less.
 */
final class TimeReduction implements Reduction {
    private static final long GAP_NANOS_MIN = Time.millis(20);
    private static final int GAPS_MAX = 6;
    private static final int CLOSINGS_MAX = 40;

    /** Time in which nothing happens, from {@code fromNanos} on. */
    private record Gap(long fromNanos, long nanos) {}

    @Override
    public String name() {
        return "time";
    }

    @Override
    public void reduce(Trials trials) {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = trials.maybeKeepOne(earlierHorizons(trials.best()));
        }
        goesOn = true;
        while (goesOn) {
            goesOn = trials.maybeKeepOne(laterBeginnings(trials.best()));
        }
        int closings = 0;
        goesOn = true;
        while (goesOn && closings < CLOSINGS_MAX) {
            goesOn = trials.maybeKeepOne(closedGaps(trials.best()));
            closings++;
        }
    }

    private static List<Scenario> earlierHorizons(Attempt best) {
        Scenario scenario = best.scenario();
        long horizon = scenario.horizonNanos();
        List<Scenario> earlier = new ArrayList<>();
        long lastMoment = moments(best).last();
        for (long nanos : new long[] {lastMoment, horizon / 2, horizon / 4 * 3, horizon / 8 * 7}) {
            long rounded = nanos / Time.millis(1) * Time.millis(1) + Time.millis(1);
            if (rounded < horizon) {
                earlier.add(until(scenario, rounded));
            }
        }
        return earlier;
    }

    /** The first part of the run is left out; what was wrong by then is so from the start. */
    private static List<Scenario> laterBeginnings(Attempt best) {
        List<Scenario> later = new ArrayList<>();
        for (int part : new int[] {2, 4, 8}) {
            long nanos = best.scenario().horizonNanos() / part / Time.millis(1) * Time.millis(1);
            if (nanos >= GAP_NANOS_MIN) {
                later.add(shifted(best, 0, nanos));
            }
        }
        return later;
    }

    private static Scenario until(Scenario scenario, long nanos) {
        List<TimedFault> faults = new ArrayList<>(scenario.plan().faults());
        faults.removeIf(timed -> timed.atNanos() > nanos);
        return scenario.horizon(nanos).plan(new FaultPlan(faults));
    }

    /** When faults and operations begin, and the start. */
    private static TreeSet<Long> moments(Attempt best) {
        TreeSet<Long> moments = new TreeSet<>();
        moments.add(0L);
        best.scenario().plan().faults().forEach(timed -> moments.add(timed.atNanos()));
        best.operations().forEach(started -> moments.add(started.atNanos()));
        return moments;
    }

    private static List<Scenario> closedGaps(Attempt best) {
        List<Gap> gaps = new ArrayList<>();
        TreeSet<Long> moments = moments(best);
        moments.add(best.scenario().horizonNanos());
        long before = 0;
        for (long moment : moments) {
            if (moment - before >= GAP_NANOS_MIN) {
                gaps.add(new Gap(before, moment - before));
            }
            before = moment;
        }
        gaps.sort(Comparator.comparingLong(Gap::nanos).reversed());
        List<Scenario> closed = new ArrayList<>();
        for (Gap gap : gaps.subList(0, Math.min(GAPS_MAX, gaps.size()))) {
            for (long shift : new long[] {gap.nanos() - Time.millis(1), gap.nanos() / 2, gap.nanos() / 4}) {
                closed.add(shifted(best, gap.fromNanos(), shift / Time.millis(1) * Time.millis(1)));
            }
        }
        return closed;
    }

    /** Everything after {@code afterNanos} comes earlier by {@code nanos}; operations that find no room go. */
    private static Scenario shifted(Attempt best, long afterNanos, long nanos) {
        Scenario scenario = best.scenario();
        List<TimedFault> faults = new ArrayList<>();
        for (TimedFault timed : scenario.plan().faults()) {
            long at = timed.atNanos() > afterNanos ? Math.max(afterNanos, timed.atNanos() - nanos) : timed.atNanos();
            faults.add(new TimedFault(at, timed.fault()));
        }
        long fewer = nanos / Time.millis(1) * scenario.ratePerSecond() / 1_000;
        List<Long> numbers = new ArrayList<>();
        long last = -1;
        for (Attempt.Started started : best.operations()) {
            long number = started.atNanos() > afterNanos ? started.number() - fewer : started.number();
            if (number > last) {
                numbers.add(number);
                last = number;
            }
        }
        return scenario.horizon(scenario.horizonNanos() - nanos)
                .operations(Operations.of(numbers))
                .plan(new FaultPlan(faults));
    }
}
