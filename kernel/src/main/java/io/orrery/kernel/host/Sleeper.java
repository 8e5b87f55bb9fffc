package io.orrery.kernel.host;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * How a node's thread idles, and how others wake it.
 *
 * <ul>
 *   <li>I1: whoever leaves work and then calls {@link #wakeUp} ends a sleep that began before the work was seen: the
 *       sleeper raises its flag, then looks for work, then sleeps; the waker leaves the work, then looks at the flag.
 * </ul>
 */
final class Sleeper {
    private final Transport transport;
    private final Idle idle;
    private final int spinsMax;
    private final int yieldsMax;
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile Thread thread;
    private final boolean canAwait;
    private final boolean sleepsAtOnce;
    private int emptyCycles;

    Sleeper(Transport transport, HostConfig config) {
        this.transport = transport;
        this.idle = config.idle();
        this.spinsMax = config.spinsMax();
        this.yieldsMax = config.yieldsMax();
        this.canAwait = transport.canAwait();
        this.sleepsAtOnce = idle == Idle.PARK || idle == Idle.BACKOFF && spinsMax + yieldsMax == 0;
    }

    /** Names the thread that will sleep. */
    void belongTo(Thread owner) {
        thread = owner;
    }

    /**
     * A cycle did so much work. Whether to sleep now; else it has spun or yielded. A transport that takes traffic in
     * while it waits may be waited for right after work, since what has come ends the wait at once: that saves asking it
     * twice.
     */
    boolean isSleepDue(int work) {
        if (work > 0) {
            emptyCycles = 0;
            return canAwait && sleepsAtOnce;
        }
        emptyCycles++;
        switch (idle) {
            case SPIN -> Thread.onSpinWait();
            case YIELD -> Thread.yield();
            case PARK -> {
                return true;
            }
            case BACKOFF -> {
                if (emptyCycles > spinsMax + yieldsMax) {
                    return true;
                }
                if (emptyCycles > spinsMax) {
                    Thread.yield();
                } else {
                    Thread.onSpinWait();
                }
            }
        }
        return false;
    }

    /** Raises the flag. The caller then looks for work once more, and calls {@link #sleep} or {@link #cancel}. */
    void prepare() {
        asleep.set(true);
    }

    void cancel() {
        asleep.set(false);
    }

    void sleep(long nanos) {
        if (canAwait) {
            transport.await(nanos);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
        asleep.set(false);
    }

    /** From any thread, after leaving work. */
    void wakeUp() {
        if (Thread.currentThread() != thread && asleep.getAndSet(false)) {
            LockSupport.unpark(thread);
            transport.wakeUp();
        }
    }
}
