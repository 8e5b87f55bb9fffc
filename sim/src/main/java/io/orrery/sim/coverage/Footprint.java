package io.orrery.sim.coverage;

import io.orrery.kernel.Check;
import java.util.Arrays;

/**
 * The abstract states that one run got into, in the order of their first visits, each with the event after which that was.
 * Immutable.
 */
public final class Footprint {
    /** States kept of one run; a run that has more is cut off here. */
    public static final int STATES_MAX = 1 << 16;
    /** Of a run that nobody sketched. */
    public static final Footprint NONE = new Footprint(new long[0], new long[0], new long[0]);

    private final long[] states;
    private final long[] events;
    private final long[] nanos;

    Footprint(long[] states, long[] events, long[] nanos) {
        Check.that(states.length == events.length, "each state has its event", states.length, events.length);
        Check.that(states.length <= STATES_MAX, "a footprint is bounded", states.length);
        this.states = states;
        this.events = events;
        this.nanos = nanos;
    }

    /** How many different ones. */
    public int size() {
        return states.length;
    }

    public long state(int index) {
        return states[index];
    }

    /** After which event of the run the state was first seen. */
    public long event(int index) {
        return events[index];
    }

    /** World time of that event. */
    public long nanos(int index) {
        return nanos[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Footprint that
                && Arrays.equals(states, that.states)
                && Arrays.equals(events, that.events)
                && Arrays.equals(nanos, that.nanos);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(states);
    }

    @Override
    public String toString() {
        return states.length + " abstract states";
    }
}
