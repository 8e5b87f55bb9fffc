package io.orrery.raft;

import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.raft.log.Ahead;

/**
 * When a leader's proposals wait for one another. Clients that keep so many proposals open make as many anew when they are
 * answered; what they make meanwhile would go to all disks behind a batch that is under way, and the two halves of the window
 * then take turns for ever, each with a sync of its own. So a leader that has a batch under way lets proposals wait until that
 * is answered, and then until as many have come as were answered: the window becomes one batch, one message and one sync.
 *
 * <ul>
 *   <li>I1: no proposal waits longer than two syncs lately took, and never longer than {@link RaftConfig.Timing#gatherNanosMax}.
 *   <li>I2: after a wait that ended by time there is none for a while, twice as long each time: who comes as chance will have
 *       it, or over links that take far longer than a sync, waits in one of {@link #PAUSE_HOLDS_MAX} such times.
 * </ul>
 *
 * <p>Batches of {@link #ENOUGH} are not waited for: what their entries cost hides what the sync does, and is better spent while
 * another sync is under way. Where a node has many groups they do not wait so: see {@link Pace}.
 */
final class Gathering {
    /** A disk that is this fast is not waited for. */
    private static final long HOLD_NANOS_MIN = Time.micros(20);

    private static final int ENOUGH = 256;

    private static final int PAUSE_HOLDS_MAX = 64;

    private final Replica replica;
    private final Timer timer;
    private final Ahead.Task releasing;
    private final Runnable onRelease;
    private boolean isQueued;
    private int batch;
    private int expected;
    private int pauseHolds = 1;
    private long pausedUntilNanos = Long.MIN_VALUE;

    /**
     * @param onRelease puts what waits into the log, as an event
     */
    Gathering(Replica replica, Runnable onRelease) {
        this.replica = replica;
        this.onRelease = onRelease;
        this.timer = replica.kernel.timer("gather", this::onTimeout);
        this.releasing = this::release;
    }

    /**
     * Whether a proposal is to wait. If so, {@code onRelease} runs.
     *
     * @param open proposals that are in the log and not answered
     * @param waiting those that wait already
     */
    boolean maybeHold(int open, int waiting) {
        if (isQueued) {
            return true;
        }
        boolean isComplete = open == 0 && waiting + 1 >= expected;
        if (waiting == 0 && (isComplete || !maybeStart())) {
            return false;
        }
        if (isComplete) {
            pauseHolds = 1;
            queue();
        }
        return true;
    }

    private boolean maybeStart() {
        long now = replica.kernel.nowNanos();
        if (now < pausedUntilNanos) {
            return false;
        }
        long hold = holdNanos();
        if (hold < HOLD_NANOS_MIN || Math.max(batch, expected) >= ENOUGH || replica.isOneOfMany()) {
            return false;
        }
        timer.restart(hold);
        return true;
    }

    /** I1. */
    private long holdNanos() {
        long syncs = 2 * replica.wal.counters().syncNanosLately();
        return Math.min(replica.config.timing().gatherNanosMax(), syncs);
    }

    /** So many proposals are in the log and not answered, after one was put there. */
    void onAppended(int open) {
        batch = Math.max(batch, open);
    }

    /** All that were in the log are answered, and so many wait. */
    void onAllAnswered(int waiting) {
        expected = batch;
        batch = 0;
        if (waiting > 0 && waiting >= expected) {
            queue();
        }
    }

    /** I2. */
    private void onTimeout() {
        pausedUntilNanos = replica.kernel.nowNanos() + holdNanos() * pauseHolds;
        pauseHolds = Math.min(PAUSE_HOLDS_MAX, pauseHolds * 2);
        onRelease.run();
    }

    private void queue() {
        if (!isQueued) {
            replica.reached(RaftMarks.PROPOSALS_GATHERED);
            isQueued = true;
            timer.cancel();
            replica.defer(releasing);
        }
    }

    private void release() {
        isQueued = false;
        onRelease.run();
    }

    /** Nothing waits any more. */
    void onReleased() {
        timer.cancel();
    }
}
