package io.orrery.server.bench.snapshot;

import io.orrery.kernel.Check;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Values of one length outside the heap, so that three states of a gigabyte do not make the collector what is measured.
 *
 * <ul>
 *   <li>I1: while a view of the state is open, no value that was there when it was opened is overwritten before the view has read
 *       it.
 * </ul>
 */
final class ValueStore {
    static final int VALUE_BYTES = 1024;

    /** Small: memory that is taken is filled with zeros, in the event that takes it. */
    private static final int SLAB_VALUES = 1024;

    private final Slabs pool;
    private final List<ByteBuffer> slabs = new ArrayList<>();
    private final Slots free = new Slots();
    /** Taken since the view was opened, which knows nothing of them. */
    private final BitSet fresh = new BitSet();
    /** Replaced, and yet to be read by the view. */
    private final BitSet kept = new BitSet();

    private int used;
    private boolean isViewed;

    /**
     * Memory of states that are gone, for the next ones: else it would wait for the collector, and a collection be part of every
     * figure.
     */
    static final class Slabs {
        private final ArrayDeque<ByteBuffer> spares = new ArrayDeque<>();

        private synchronized ByteBuffer take() {
            ByteBuffer spare = spares.poll();
            return spare == null ? ByteBuffer.allocateDirect(SLAB_VALUES * VALUE_BYTES) : spare;
        }

        private synchronized void giveBack(List<ByteBuffer> slabs) {
            spares.addAll(slabs);
        }
    }

    ValueStore(Slabs pool) {
        this.pool = pool;
    }

    /** Nothing is read here any more. */
    void close() {
        pool.giveBack(slabs);
        slabs.clear();
    }

    /** A stack of numbers. */
    private static final class Slots {
        private int[] slots = new int[16];
        private int count;

        private void push(int slot) {
            if (count == slots.length) {
                slots = Arrays.copyOf(slots, count * 2);
            }
            slots[count++] = slot;
        }

        private int pop() {
            return slots[--count];
        }
    }

    /** A place for a value. */
    int take() {
        int slot = free.count > 0 ? free.pop() : used++;
        if (slot == slabs.size() * SLAB_VALUES) {
            slabs.add(pool.take());
        }
        if (isViewed) {
            fresh.set(slot);
        }
        return slot;
    }

    /**
     * I1. A value was replaced.
     *
     * @param isAhead whether an open view has yet to come to its key
     */
    void giveBack(int slot, boolean isAhead) {
        Check.that(slot < used, "a slot is given back that was taken", slot, used);
        if (isViewed && isAhead && !fresh.get(slot)) {
            kept.set(slot);
        } else {
            free.push(slot);
        }
    }

    /** The view has read what lies there. */
    void onRead(int slot) {
        if (kept.get(slot)) {
            kept.clear(slot);
            free.push(slot);
        }
    }

    void onView(boolean isOpen) {
        isViewed = isOpen;
        fresh.clear();
        for (int slot = kept.nextSetBit(0); slot >= 0; slot = kept.nextSetBit(slot + 1)) {
            free.push(slot);
        }
        kept.clear();
    }

    void set(int slot, byte[] from, int offset) {
        slabs.get(slot / SLAB_VALUES).put(at(slot), from, offset, VALUE_BYTES);
    }

    void copy(int slot, byte[] to) {
        slabs.get(slot / SLAB_VALUES).get(at(slot), to, 0, VALUE_BYTES);
    }

    private static int at(int slot) {
        return slot % SLAB_VALUES * VALUE_BYTES;
    }
}
