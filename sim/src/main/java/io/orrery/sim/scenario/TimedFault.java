package io.orrery.sim.scenario;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * A line of a plan: {@code at 1200ms crash n3}.
 *
 * @param atNanos world time, at least 0
 */
public record TimedFault(long atNanos, Fault fault) {
    public TimedFault {
        Check.argument(atNanos >= 0, "a fault's time is not negative");
    }

    @Override
    public String toString() {
        return "at " + Time.text(atNanos) + " " + fault;
    }
}
