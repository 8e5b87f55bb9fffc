package io.orrery.kernel.loop;

import io.orrery.kernel.Check;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Events ordered by (time, sequence): the one order that everything in a run follows. A four-ary heap in parallel arrays; and
 * beside it a row of events of one time, in order. What happens now is queued behind what else happens now, and before
 * hundreds of timers of a node with many groups, through which it would rise to the top of the heap and fall again.
 *
 * <ul>
 *   <li>I1: sequences are unique, so the order is total.
 *   <li>I2: an event popped is not earlier than the one popped before it, unless it was pushed in between.
 *   <li>I3: the events of the row have one time and rising sequences.
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
    private final ArrayDeque<E> row = new ArrayDeque<>();
    private long[] rowSequences = new long[64];
    private int rowHead;
    private long rowTime;
    private long nextSequence;

    /** A number greater than all handed out before. */
    public long nextSequence() {
        return nextSequence++;
    }

    public int size() {
        return size + row.size();
    }

    public boolean isEmpty() {
        return size == 0 && row.isEmpty();
    }

    /** Time of the first event; the queue must not be empty. */
    public long firstTime() {
        Check.that(!isEmpty(), "an empty queue has no first event");
        return isRowFirst() ? rowTime : times[0];
    }

    /** Sequence of the first event; the queue must not be empty. */
    public long firstSequence() {
        Check.that(!isEmpty(), "an empty queue has no first event");
        return isRowFirst() ? rowSequences[rowHead] : sequences[0];
    }

    public void push(long time, long sequence, E event) {
        if (!row.isEmpty() && time < rowTime) {
            dissolveRow();
        }
        boolean begins = row.isEmpty() && (size == 0 || isBefore(time, sequence, 0));
        if (begins || !row.isEmpty() && time == rowTime && sequence > lastOfRow()) {
            addToRow(time, sequence, event);
        } else {
            pushToHeap(time, sequence, event);
        }
    }

    /** Takes the first event; the queue must not be empty. */
    public E pop() {
        Check.that(!isEmpty(), "an empty queue has no first event");
        if (isRowFirst()) {
            rowHead = rowHead + 1 & rowSequences.length - 1;
            return row.removeFirst();
        }
        return popFromHeap();
    }

    // ---- The row

    private boolean isRowFirst() {
        return !row.isEmpty() && (size == 0 || isBefore(rowTime, rowSequences[rowHead], 0));
    }

    private long lastOfRow() {
        return rowSequences[rowHead + row.size() - 1 & rowSequences.length - 1];
    }

    private void addToRow(long time, long sequence, E event) {
        if (row.size() == rowSequences.length) {
            growRow();
        }
        rowTime = time;
        rowSequences[rowHead + row.size() & rowSequences.length - 1] = sequence;
        row.addLast(event);
    }

    /** Something comes before it: most often it was one timer, and now begins a row of what happens now. */
    private void dissolveRow() {
        while (!row.isEmpty()) {
            pushToHeap(rowTime, rowSequences[rowHead], row.removeFirst());
            rowHead = rowHead + 1 & rowSequences.length - 1;
        }
    }

    private void growRow() {
        int capacity = rowSequences.length;
        long[] grown = new long[capacity * 2];
        for (int i = 0; i < capacity; i++) {
            grown[i] = rowSequences[rowHead + i & capacity - 1];
        }
        rowSequences = grown;
        rowHead = 0;
    }

    // ---- The heap

    private void pushToHeap(long time, long sequence, E event) {
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

    @SuppressWarnings("unchecked")
    private E popFromHeap() {
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
        row.clear();
        rowHead = 0;
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
