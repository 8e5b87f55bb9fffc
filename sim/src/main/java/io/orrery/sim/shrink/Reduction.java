package io.orrery.sim.shrink;

/** One way to make a scenario smaller. It keeps no state between two calls. */
interface Reduction {
    /** What goes, for people: {@code faults}. */
    String name();

    /** Tries what it knows on the smallest scenario so far. What {@link Trials} keeps is smaller in some way, never larger. */
    void reduce(Trials trials);
}
