package io.orrery.sim.junit;

/**
 * A {@link SimulationTest} failed for a seed: the message says for which, how to see it again, and what is left of its
 * faults. The cause is what the test, a node or a checker threw.
 */
public final class SimulationTestFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final long seed;

    SimulationTestFailure(long seed, String message, Throwable cause) {
        super(message, cause);
        this.seed = seed;
        if (cause != null) {
            // Tools show the first line of the test that they find here.
            setStackTrace(cause.getStackTrace());
        }
    }

    /** The seed that failed. */
    public long seed() {
        return seed;
    }
}
