package io.orrery.kernel;

/** A state machine driven by events; see {@link Kernel} for the laws it lives under. */
public interface Protocol {
    /** The first event: arm timers, read storage. Called once. */
    void start();

    /**
     * Checks what must hold between any two events, by {@link Check}. The simulator calls it after every event of this
     * node, so it must be cheap: constant or logarithmic time.
     */
    default void checkInvariants() {}

    /**
     * Describes the state that matters: what two replicas of one history would have in common, and what a person asks
     * first. Changes nothing; costs at most a few microseconds, since the simulator asks now and then in every run.
     */
    default void describe(Description out) {}
}
