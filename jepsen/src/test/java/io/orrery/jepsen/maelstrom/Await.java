package io.orrery.jepsen.maelstrom;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, looking at it now and then. */
final class Await {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Await() {}

    /** Whether the condition held within the time. */
    static boolean until(BooleanSupplier condition, long timeoutMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }
}
