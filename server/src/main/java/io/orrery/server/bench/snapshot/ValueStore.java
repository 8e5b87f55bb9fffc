package io.orrery.server.bench.snapshot;

import io.orrery.kernel.Check;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values of one length outside the heap, so that three states of a gigabyte do not make the collector what is measured.
 *
 * <ul>
 *   <li>I1: while a view of the state is open, no value that was there when it was opened is overwritten.
 * </ul>
 */
final class ValueStore {
    static final int VALUE_BYTES = 1024;

    /** Small: memory that is taken is filled with zeros, in the event that takes it. */
    private static final int SLAB_VALUES = 1024;

    private final Slabs pool;
    private final List<ByteBuffer> slabs = new ArrayList<>();
    private final Slots free = new Slots();
    private final Slots freeLater = new Slots();
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
        if (free.count > 0) {
            return free.pop();
        }
        if (!isViewed && freeLater.count > 0) {
            return freeLater.pop();
        }
        if (used == slabs.size() * SLAB_VALUES) {
            slabs.add(pool.take());
        }
        return used++;
    }

    /** I1. Nothing lies there any more. */
    void giveBack(int slot) {
        Check.that(slot < used, "a slot is given back that was taken", slot, used);
        (isViewed ? freeLater : free).push(slot);
    }

    void onView(boolean isOpen) {
        isViewed = isOpen;
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
