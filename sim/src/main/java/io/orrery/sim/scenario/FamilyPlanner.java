package io.orrery.sim.scenario;

import io.orrery.kernel.Prng;

/** Adds the faults of one family to a plan. */
interface FamilyPlanner {
    /** What holds from the start. */
    default void addStart() {}

    /**
     * One episode of trouble.
     *
     * @param luck the trouble's own
     * @param fromNanos when it begins
     * @param toNanos when it ends, if it is not a moment
     */
    void add(Trouble trouble, Prng luck, long fromNanos, long toNanos);
}
