package io.orrery.sim.explore;

import io.orrery.kernel.Prng;
import io.orrery.sim.coverage.Coverage;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Makes new runs of kept ones, at states that few runs got into. For one thread. */
final class Mutator {
    private static final int MOMENTS_MAX = 6;
    private static final int FLIPS_MAX = 4;
    private static final int BACK_PPM = 300_000;
    private static final int BACK_EVENTS_MAX = 400;
    private static final Change[] CHANGES = {
        Change.SPLICE,
        Change.SPLICE,
        Change.SPLICE,
        Change.SPLICE,
        Change.STRIKE,
        Change.STRIKE,
        Change.STRIKE,
        Change.REDRAW,
        Change.REDRAW,
        Change.REDRAW,
        Change.FLIP,
        Change.REPLAN,
        Change.OMIT
    };

    private final Coverage coverage;

    Mutator(Coverage coverage) {
        this.coverage = coverage;
    }

    /**
     * A run that begins like a kept one.
     *
     * @param donor another scenario of the same workload and nodes, whose faults may be taken
     */
    Attempt mutate(Kept parent, Scenario donor, Prng luck) {
        int index = drawState(parent, luck);
        long event = parent.footprint().size() == 0 ? 0 : parent.footprint().event(index);
        long nanos = parent.footprint().size() == 0 ? 0 : parent.footprint().nanos(index);
        if (luck.chance(BACK_PPM)) {
            event = Math.max(0, event - luck.below(BACK_EVENTS_MAX));
        }
        Change change = CHANGES[luck.below(CHANGES.length)];
        PlanSplicer plans = new PlanSplicer(parent.scenario(), nanos, luck);
        Scenario scenario = switch (change) {
            case SPLICE -> plans.splice(donor);
            case STRIKE -> plans.strike(donor, moments(parent, nanos, luck));
            case REPLAN -> plans.replan();
            case OMIT -> plans.omit();
            default -> parent.scenario();
        };
        boolean branches = change == Change.REDRAW || change == Change.SPLICE || change == Change.STRIKE;
        List<Attempt.Flip> flips = change == Change.FLIP ? flips(parent, event, luck) : List.of();
        return new Attempt(change, scenario, parent.file(), flips, branches ? event : Long.MAX_VALUE, luck.nextLong());
    }

    /** The moment, and those of some rare states after it. */
    private List<Long> moments(Kept parent, long first, Prng luck) {
        List<Long> moments = new ArrayList<>(List.of(first));
        int more = parent.footprint().size() == 0 ? 0 : luck.below(MOMENTS_MAX);
        for (int i = 0; i < more; i++) {
            long moment = parent.footprint().nanos(drawState(parent, luck));
            if (moment > first) {
                moments.add(moment);
            }
        }
        return moments;
    }

    /** A state of the run, drawn by how rare it is. */
    private int drawState(Kept parent, Prng luck) {
        long total = 0;
        for (int i = 0; i < parent.footprint().size(); i++) {
            total += parent.weight(i, coverage);
        }
        if (total == 0) {
            // All of it is well known by now: begin anywhere early.
            int index = parent.footprint().size() == 0
                    ? 0
                    : luck.below(parent.footprint().size());
            return index > 0 && parent.footprint().nanos(index) < Kept.PAST_NANOS_MAX ? index : 0;
        }
        long drawn = luck.below(total);
        int index = 0;
        while (drawn >= parent.weight(index, coverage)) {
            drawn -= parent.weight(index++, coverage);
        }
        return index;
    }

    /** Decisions made about then: where in a log an event lies is only roughly known. */
    private static List<Attempt.Flip> flips(Kept parent, long event, Prng luck) {
        List<Attempt.Flip> flips = new ArrayList<>();
        long decisions = Math.max(1, parent.decisions());
        long middle = decisions * event / Math.max(1, parent.events());
        long spread = Math.max(1, decisions / 100);
        int count = 1 + luck.below(FLIPS_MAX);
        for (int i = 0; i < count; i++) {
            long index = Math.max(0, Math.min(decisions - 1, middle - spread + luck.below(2 * spread)));
            flips.add(new Attempt.Flip((int) index, luck.nextLong()));
        }
        return flips;
    }
}
