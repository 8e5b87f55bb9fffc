package io.orrery.kernel;

/** A deadline. Timers due together fire in the order they were armed. */
public interface Timer {
    /**
     * Arms the timer to expire once, {@code delayNanos} from now; an earlier deadline is forgotten.
     *
     * @param delayNanos at least 0
     */
    void restart(long delayNanos);

    /** Forgets the deadline; after this call the timer does not fire, even when it was already due. */
    void cancel();

    /** Whether a deadline is set. Inside the expiry itself the timer is no longer armed. */
    boolean isArmed();
}
