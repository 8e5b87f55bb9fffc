package io.orrery.server.bench.raft;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Objects that are used again and again, in the order in which they come back.
 *
 * <ul>
 *   <li>I1: there are never more of them than slots, so one that comes back always finds its slot empty.
 * </ul>
 *
 * <p>Any thread gives back; one takes.
 */
final class Ring<T> {
    private final AtomicReferenceArray<T> slots;
    private final AtomicLong given = new AtomicLong();
    private long taken;

    /**
     * @param count of the objects there will be
     */
    Ring(int count) {
        slots = new AtomicReferenceArray<>(Math.max(2, Integer.highestOneBit(count - 1) << 1));
    }

    void give(T object) {
        slots.setRelease((int) given.getAndIncrement() & slots.length() - 1, object);
    }

    /** Takes the next one; null if none is back. */
    T poll() {
        int slot = (int) taken & slots.length() - 1;
        T object = slots.getAcquire(slot);
        if (object != null) {
            slots.setRelease(slot, null);
            taken++;
        }
        return object;
    }

    /** Takes the next one, of which the caller knows that it is back, or is about to be. */
    T take() {
        T object = poll();
        while (object == null) {
            Thread.onSpinWait();
            object = poll();
        }
        return object;
    }
}
