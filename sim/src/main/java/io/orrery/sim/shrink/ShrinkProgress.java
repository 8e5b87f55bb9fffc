package io.orrery.sim.shrink;

/** Hears of each run of a search. */
@FunctionalInterface
public interface ShrinkProgress {
    /** Nobody listens. */
    ShrinkProgress NONE = (step, runs, best) -> {};

    /**
     * A candidate was run; called on the thread that shrinks.
     *
     * @param step what is being taken out: {@code faults}
     * @param runs so far
     * @param best the smallest failing run so far
     */
    void onRun(String step, long runs, Attempt best);
}
