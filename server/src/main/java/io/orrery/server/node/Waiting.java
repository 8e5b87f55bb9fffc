package io.orrery.server.node;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for a condition by asking again and again. */
final class Waiting {
    static final long BOOT_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_MILLIS = 10;

    private Waiting() {}

    /** Whether the condition came true in time. */
    static boolean maybe(BooleanSupplier condition, long nanosMax) {
        long deadline = System.nanoTime() + nanosMax;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /**
     * @throws ProblemException if the condition did not come true in time
     */
    static void until(BooleanSupplier condition, long nanosMax, String what) {
        if (!maybe(condition, nanosMax)) {
            throw new ProblemException(
                    ExitCode.TIMEOUT,
                    "waited " + TimeUnit.NANOSECONDS.toSeconds(nanosMax) + " s for " + what,
                    "",
                    "look at the log above, at the disk and at the machine's load");
        }
    }
}
