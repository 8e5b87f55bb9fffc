package io.orrery.sim.shrink;

import io.orrery.kernel.Check;
import java.util.function.BooleanSupplier;

/**
 * What shrinking may cost.
 *
 * @param runsMax runs, not counting those that were begun in case an earlier one would pass
 * @param eventsMax events of nodes in all of them
 * @param isTimeUp asked before each run, on the caller's thread; a result that it cut short depends on the machine
 */
public record ShrinkBudget(long runsMax, long eventsMax, BooleanSupplier isTimeUp) {
    public ShrinkBudget {
        Check.argument(runsMax >= 0 && eventsMax >= 0, "a budget is not negative");
    }

    /** So many runs, however long. */
    public static ShrinkBudget ofRuns(long runsMax) {
        return new ShrinkBudget(runsMax, Long.MAX_VALUE, () -> false);
    }

    /** As long as time is not up. */
    public static ShrinkBudget until(BooleanSupplier isTimeUp) {
        return new ShrinkBudget(Long.MAX_VALUE, Long.MAX_VALUE, isTimeUp);
    }

    boolean isSpent(long runs, long events) {
        return runs >= runsMax || events >= eventsMax || isTimeUp.getAsBoolean();
    }
}
