package io.orrery.kernel.host;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How the disk's thread waits for work: it yields its core a few times, and then sleeps. What comes while it yields wakes
 * nobody, which saves a system call on either side and the time until a sleeping thread runs.
 *
 * <ul>
 *   <li>I1: whoever leaves work and then calls {@link #wakeUp} ends a sleep that began before the work was seen: the
 *       sleeper raises its flag, then looks for work, then sleeps; the waker leaves the work, then looks at the flag.
 * </ul>
 */
final class Doze {
    private final int yieldsMax;
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile Thread thread;

    /**
     * @param yieldsMax before it sleeps
     */
    Doze(int yieldsMax) {
        this.yieldsMax = yieldsMax;
    }

    /** Names the thread that will wait. */
    void belongTo(Thread owner) {
        thread = owner;
    }

    /** Returns when there is work, or for no reason. */
    void await(BooleanSupplier hasWork) {
        for (int i = 0; i < yieldsMax; i++) {
            Thread.yield();
            if (hasWork.getAsBoolean()) {
                return;
            }
        }
        asleep.set(true);
        if (!hasWork.getAsBoolean()) {
            LockSupport.park(this);
        }
        asleep.set(false);
    }

    /** From any thread, after leaving work. */
    void wakeUp() {
        if (asleep.getAndSet(false)) {
            LockSupport.unpark(thread);
        }
    }
}
