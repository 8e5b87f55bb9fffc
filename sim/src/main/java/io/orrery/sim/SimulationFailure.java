package io.orrery.sim;

/** Ends a run in which something went wrong. */
public final class SimulationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public SimulationFailure(Failure failure, Throwable cause) {
        super(failure.toString(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
