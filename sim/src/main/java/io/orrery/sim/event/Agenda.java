package io.orrery.sim.event;

import io.orrery.kernel.Check;
import io.orrery.kernel.loop.EventQueue;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.trace.TraceHash;

/**
 * World time, what is yet to happen, and the hash of what has happened.
 *
 * <ul>
 *   <li>I1: world time never falls.
 *   <li>I2: nothing is put on the agenda for a time that is over.
 * </ul>
 *
 * <p>Entries are {@link NodeEvent}s and {@link WorldEvent}s in one order, (time, sequence). For one thread.
 */
public final class Agenda {
    private final EventQueue<Object> queue = new EventQueue<>();
    private final TraceHash hash;
    private long nowNanos;
    private long poppedSequence;

    public Agenda(long seed) {
        hash = new TraceHash(seed);
    }

    /** World time in nanoseconds; a run starts at 0. */
    public long nowNanos() {
        return nowNanos;
    }

    public long nextSequence() {
        return queue.nextSequence();
    }

    /** Entries waiting, among them some that were given up and will be skipped. */
    public int size() {
        return queue.size();
    }

    public void push(long nanos, long sequence, NodeEvent event) {
        Check.that(nanos >= nowNanos, "I2: events are put ahead", nanos, nowNanos);
        queue.push(nanos, sequence, event);
    }

    public void push(long nanos, long sequence, WorldEvent event) {
        Check.that(nanos >= nowNanos, "I2: events are put ahead", nanos, nowNanos);
        queue.push(nanos, sequence, event);
    }

    /** Puts an event of the world on the agenda, after what is already there for the same time. */
    public void push(long nanos, WorldEvent event) {
        push(nanos, queue.nextSequence(), event);
    }

    /** Whether something is due at or before {@code limitNanos}. */
    public boolean isDue(long limitNanos) {
        return !queue.isEmpty() && queue.firstTime() <= limitNanos;
    }

    /** Moves world time to the first entry and takes it: a {@link NodeEvent} or a {@link WorldEvent}. */
    public Object pop() {
        long nanos = queue.firstTime();
        Check.that(nanos >= nowNanos, "I1: world time does not fall", nowNanos, nanos);
        nowNanos = nanos;
        poppedSequence = queue.firstSequence();
        return queue.pop();
    }

    /** Gives each entry a new time, no earlier than now, and keeps its sequence: for a clock that changed its pace. */
    public void retime(Retiming retiming) {
        int count = queue.size();
        long[] times = new long[count];
        long[] sequences = new long[count];
        Object[] entries = new Object[count];
        for (int i = 0; i < count; i++) {
            times[i] = queue.firstTime();
            sequences[i] = queue.firstSequence();
            entries[i] = queue.pop();
        }
        for (int i = 0; i < count; i++) {
            boolean ofNode = entries[i] instanceof NodeEvent;
            long nanos = ofNode ? retiming.nanos((NodeEvent) entries[i], times[i]) : times[i];
            queue.push(Math.max(nanos, nowNanos), sequences[i], entries[i]);
        }
    }

    /** From the time at which an event was due to the time at which it is. */
    @FunctionalInterface
    public interface Retiming {
        long nanos(NodeEvent event, long dueNanos);
    }

    /** The sequence of the entry taken last. */
    public long poppedSequence() {
        return poppedSequence;
    }

    /** Lets time pass in which nothing is due. */
    public void passTo(long nanos) {
        Check.that(nanos >= nowNanos, "I1: world time does not fall", nowNanos, nanos);
        Check.that(!isDue(nanos - 1), "time passes only where nothing is due", nanos);
        nowNanos = nanos;
    }

    /** Folds a step into the hash of the run. */
    public void fold(long value) {
        hash.fold(value);
    }

    public long hash() {
        return hash.value();
    }
}
