package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.raft.log.Ahead;
import io.orrery.raft.log.Wal;
import java.util.ArrayList;
import java.util.List;

/**
 * When the leaders on a node send what they have. One that has something does so at the end of the cycle, without waiting for
 * its own disk. Where many have something and the disk is at work, they wait together until it is done, for a short time at
 * most: what they append meanwhile goes to their own disk in one batch, and so it goes to the others in one message for each group
 * instead of several. A message, its answers and what they bring about cost each group the same for one entry as for ten.
 *
 * <ul>
 *   <li>I1: whoever has something to send does so within {@link #HOLD_NANOS_MAX}, whatever the disk does: a leader commits with
 *       the others' disks when its own is slow.
 *   <li>I2: each that waits does so once, and in the order in which they came.
 * </ul>
 */
final class Pace {
    /** From so many leaders that have something to send on, they wait for one another. */
    static final int MANY = 32;

    /** Longer holds make larger messages, and commits later on a slow disk. */
    private static final long HOLD_NANOS_MAX = Time.millis(2);

    private final Kernel kernel;
    private final Wal wal;
    private final int many;
    private final Timer timer;
    private final Ahead ahead = new Ahead();
    private final Runnable sending = this::onDue;
    private List<Ahead.Task> waiting = new ArrayList<>();
    private List<Ahead.Task> running = new ArrayList<>();
    private boolean isQueued;
    private boolean isOver;

    /**
     * @param many from so many leaders on they wait, {@link #MANY} if nobody tests it
     */
    Pace(Kernel kernel, Wal wal, int many) {
        this.kernel = kernel;
        this.wal = wal;
        this.many = many;
        this.timer = kernel.timer("pace", this::release);
    }

    /** Runs the task, which sends what a leader has, in a later event; the leader does not ask again before it has run. */
    void add(Ahead.Task task) {
        waiting.add(task);
        if (!timer.isArmed()) {
            queue();
        }
    }

    /** The disk has done what it was at. */
    void onDurable() {
        if (timer.isArmed()) {
            timer.cancel();
            release();
        }
    }

    private void release() {
        isOver = true;
        queue();
    }

    private void queue() {
        if (!isQueued) {
            isQueued = true;
            kernel.defer(sending);
        }
    }

    private void onDue() {
        isQueued = false;
        boolean holds = !isOver && waiting.size() >= many && wal.silentNanos() > 0;
        isOver = false;
        if (holds) {
            kernel.trace().reached(PulseMarks.REPLICATION_HELD);
            timer.restart(HOLD_NANOS_MAX);
            return;
        }
        Check.that(running.isEmpty(), "I2: none waits twice", running.size());
        List<Ahead.Task> due = waiting;
        waiting = running;
        running = due;
        ahead.runAll(due);
        due.clear();
    }
}
