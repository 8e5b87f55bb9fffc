package io.orrery.kernel.loop;

import io.orrery.kernel.Check;
import java.util.Arrays;

/**
 * Events ordered by (time, sequence): the one order that everything in a run follows. A four-ary heap in parallel arrays.
 *
 * <ul>
 *   <li>I1: sequences are unique, so the order is total.
 *   <li>I2: an event popped is not earlier than the one popped before it, unless it was pushed in between.
 * </ul>
 *
 * <p>For one thread.
 */
public final class EventQueue<E> {
    private static final int ARITY = 4;

    private long[] times = new long[64];
    private long[] sequences = new long[64];
    private Object[] events = new Object[64];
    private int size;
    private long nextSequence;

    /** A number greater than all handed out before. */
    public long nextSequence() {
        return nextSequence++;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Time of the first event; the queue must not be empty. */
    public long firstTime() {
        Check.that(size > 0, "an empty queue has no first event");
        return times[0];
    }

    /** Sequence of the first event; the queue must not be empty. */
    public long firstSequence() {
        Check.that(size > 0, "an empty queue has no first event");
        return sequences[0];
    }

    public void push(long time, long sequence, E event) {
        if (size == times.length) {
            grow();
        }
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) / ARITY;
            if (!isBefore(time, sequence, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        place(hole, time, sequence, event);
    }

    /** Takes the first event; the queue must not be empty. */
    @SuppressWarnings("unchecked")
    public E pop() {
        Check.that(size > 0, "an empty queue has no first event");
        E first = (E) events[0];
        int last = --size;
        long time = times[last];
        long sequence = sequences[last];
        Object event = events[last];
        events[last] = null;
        if (last > 0) {
            sink(time, sequence, event);
        }
        return first;
    }

    public void clear() {
        Arrays.fill(events, 0, size, null);
        size = 0;
    }

    private void sink(long time, long sequence, Object event) {
        int hole = 0;
        while (true) {
            int child = hole * ARITY + 1;
            if (child >= size) {
                break;
            }
            int least = leastOf(child, Math.min(child + ARITY, size));
            if (isBefore(time, sequence, least)) {
                break;
            }
            move(least, hole);
            hole = least;
        }
        place(hole, time, sequence, event);
    }

    private int leastOf(int from, int to) {
        int least = from;
        for (int i = from + 1; i < to; i++) {
            if (isBefore(times[i], sequences[i], least)) {
                least = i;
            }
        }
        return least;
    }

    private boolean isBefore(long time, long sequence, int slot) {
        return time < times[slot] || time == times[slot] && sequence < sequences[slot];
    }

    private void move(int from, int to) {
        times[to] = times[from];
        sequences[to] = sequences[from];
        events[to] = events[from];
    }

    private void place(int slot, long time, long sequence, Object event) {
        times[slot] = time;
        sequences[slot] = sequence;
        events[slot] = event;
    }

    private void grow() {
        int capacity = size * 2;
        times = Arrays.copyOf(times, capacity);
        sequences = Arrays.copyOf(sequences, capacity);
        events = Arrays.copyOf(events, capacity);
    }
}
