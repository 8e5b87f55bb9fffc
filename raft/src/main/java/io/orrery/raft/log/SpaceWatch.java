package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;

/**
 * Knows whether the disk is full, and tries with growing pauses whether it still is. It counts as full from the first write
 * that is refused until a {@link Spare} could be made again.
 *
 * <ul>
 *   <li>I1: while it is full a retry is armed or under way.
 * </ul>
 */
final class SpaceWatch {
    private static final long PAUSE_NANOS_MIN = Time.millis(50);
    private static final long PAUSE_NANOS_MAX = Time.seconds(2);

    /** Tries again. */
    interface Retry {
        /**
         * @param isAwaited whether a batch waits to be written
         */
        void onSpaceDue(boolean isAwaited);
    }

    private final Kernel kernel;
    private final WalCounters counters;
    private final Retry retry;
    private final Timer timer;
    private long pauseNanos = PAUSE_NANOS_MIN;
    private boolean isFull;
    private boolean isAwaited;

    SpaceWatch(Kernel kernel, WalCounters counters, Retry retry) {
        this.kernel = kernel;
        this.counters = counters;
        this.retry = retry;
        this.timer = kernel.timer("space", this::onDue);
    }

    boolean isFull() {
        return isFull;
    }

    /** Whether a batch waits for space. */
    boolean isAwaited() {
        return isAwaited;
    }

    /** A batch was refused. */
    void onRefused() {
        becomeFull();
    }

    /** The refused batch has nowhere to go. */
    void await() {
        Check.that(isFull, "a batch waits for space on a full disk only");
        isAwaited = true;
        arm();
        Check.that(timer.isArmed(), "I1: a full disk is tried again");
    }

    /** There was none for what is kept in reserve or taken ahead. */
    void onNoSpace() {
        becomeFull();
        arm();
    }

    /** There is some in reserve and ahead. */
    void onSpareReady() {
        timer.cancel();
        pauseNanos = PAUSE_NANOS_MIN;
        if (isAwaited) {
            onDue();
        } else if (isFull) {
            isFull = false;
            kernel.trace().reached(WalMarks.SPACE_AGAIN);
            kernel.trace().transition("wal-space", "again, after " + counters.spaceRetries + " retries");
        }
    }

    private void becomeFull() {
        if (!isFull) {
            isFull = true;
            kernel.trace().transition("wal-full", "writes refused: " + counters.writesRefused);
        }
        arm();
    }

    private void arm() {
        if (!timer.isArmed()) {
            timer.restart(pauseNanos);
            pauseNanos = Math.min(PAUSE_NANOS_MAX, 2 * pauseNanos);
        }
    }

    private void onDue() {
        counters.spaceRetries++;
        boolean awaited = isAwaited;
        isAwaited = false;
        retry.onSpaceDue(awaited);
        if (isFull) {
            arm();
        }
    }
}
