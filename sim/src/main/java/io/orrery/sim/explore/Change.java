package io.orrery.sim.explore;

/** In what a run differs from the kept one that it was made of. */
public enum Change {
    /** In all: a seed of its own. */
    FRESH("fresh"),
    /** It was kept elsewhere, and is run as it is. */
    GIVEN("given"),
    /** Other luck from a rare state on. */
    REDRAW("redraw"),
    /** Other luck from a rare state on, with all faults of another plan and time for them. */
    SPLICE("splice"),
    /** The same, with a few faults more right there. */
    STRIKE("strike"),
    /** A few decisions around a rare state; the others stay. */
    FLIP("flip"),
    /** Faults of the plan are gone, moved or doubled, and the decisions stay. */
    REPLAN("replan"),
    /** Some operations are left out from a rare state on, and the decisions stay. */
    OMIT("omit");

    private final String word;

    Change(String word) {
        this.word = word;
    }

    /** As people read it. */
    @Override
    public String toString() {
        return word;
    }
}
