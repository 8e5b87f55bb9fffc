package io.orrery.kernel.loop;

import io.orrery.kernel.Check;
import io.orrery.kernel.Timer;

/**
 * A timer as an event that queues itself.
 *
 * <p>Protocols put their timers off far more often than they let them expire. So putting off only moves the deadline: the
 * entry already queued comes due early, is found unripe, and is queued again under the sequence of the last arming. A
 * timer therefore has one entry in the queue, however often it is restarted; a restart to an earlier deadline abandons
 * the old entry, which is told by its sequence.
 */
final class DeadlineTimer extends NodeEvent implements Timer {
    private static final long NOT_QUEUED = -1;

    private final String name;
    private final Runnable onExpiry;
    private boolean armed;
    private long deadlineNanos;
    private long armedSequence;
    private long queuedSequence = NOT_QUEUED;
    private long queuedNanos;

    DeadlineTimer(NodeKernel node, String name, Runnable onExpiry) {
        super(node);
        this.name = name;
        this.onExpiry = onExpiry;
    }

    @Override
    public void restart(long delayNanos) {
        Check.that(delayNanos >= 0, "a timer's delay is not negative", delayNanos);
        node.checkRunning();
        armed = true;
        deadlineNanos = node.nowNanos() + delayNanos;
        armedSequence = node.world().nextSequence();
        if (queuedSequence == NOT_QUEUED || queuedNanos > deadlineNanos) {
            enqueue();
        }
    }

    @Override
    public void cancel() {
        armed = false;
    }

    @Override
    public boolean isArmed() {
        return armed;
    }

    @Override
    public boolean isVoid(long sequence) {
        if (armed) {
            return false;
        }
        if (sequence == queuedSequence) {
            queuedSequence = NOT_QUEUED;
        }
        return true;
    }

    @Override
    public boolean ripen(long sequence) {
        if (sequence != queuedSequence) {
            return false;
        }
        queuedSequence = NOT_QUEUED;
        if (!armed || node.isDead()) {
            return false;
        }
        if (sequence != armedSequence) {
            enqueue();
            return false;
        }
        return true;
    }

    private void enqueue() {
        queuedSequence = armedSequence;
        queuedNanos = deadlineNanos;
        node.world().schedule(this, deadlineNanos, armedSequence);
    }

    @Override
    public Kind kind() {
        return Kind.EXPIRE;
    }

    @Override
    public String subject() {
        return name;
    }

    @Override
    public long digest() {
        return name.hashCode();
    }

    @Override
    protected void happen() {
        armed = false;
        onExpiry.run();
    }
}
