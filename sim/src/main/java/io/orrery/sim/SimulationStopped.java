package io.orrery.sim;

/** A run ends here because it was asked to: nothing failed. */
public final class SimulationStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SimulationStopped() {
        super("stopped as asked", null, false, false);
    }
}
