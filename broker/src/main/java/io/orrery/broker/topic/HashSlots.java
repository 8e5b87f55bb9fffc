package io.orrery.broker.topic;

/**
 * An open-addressed table from a 32-bit hash to a non-negative int; the caller compares what an int stands for. One long
 * a slot: the hash above, the value plus one below; 0 is empty. Linear probing at a load of at most three quarters, and removal by shifting back, so that there are
 * no tombstones and an emptied table is as good as new.
 *
 * <p>Find with {@code for (int s = home(h); (v = value(s)) >= 0; s = next(s)) if (hash(s) == h && same(v)) ...}.
 */
final class HashSlots {
    private static final int CAPACITY_MIN = 16;

    private long[] slots = new long[CAPACITY_MIN];
    private int size;

    int size() {
        return size;
    }

    int home(int hash) {
        return hash & slots.length - 1;
    }

    int next(int slot) {
        return slot + 1 & slots.length - 1;
    }

    /** What lies in the slot, the hash above and value + 1 below; 0 if nothing. */
    long raw(int slot) {
        return slots[slot];
    }

    static int hash(long raw) {
        return (int) (raw >>> 32);
    }

    static int value(long raw) {
        return (int) raw - 1;
    }

    /** Adds an entry that is not there. */
    void insert(int hash, int value) {
        if ((size + 1) * 4L > slots.length * 3L) {
            resize(slots.length * 2);
        }
        size++;
        put(hash, value);
    }

    private void put(int hash, int value) {
        int slot = home(hash);
        while (slots[slot] != 0) {
            slot = next(slot);
        }
        slots[slot] = (long) hash << 32 | value + 1;
    }

    /** Removes the entry; false if it is not there. */
    boolean remove(int hash, int value) {
        long entry = (long) hash << 32 | value + 1;
        int slot = home(hash);
        while (slots[slot] != entry) {
            if (slots[slot] == 0) {
                return false;
            }
            slot = next(slot);
        }
        closeGap(slot);
        size--;
        if (slots.length > CAPACITY_MIN && size * 8L < slots.length) {
            resize(slots.length / 2);
        }
        return true;
    }

    /** Moves back each later entry of the run that may lie in the gap, so that probing still finds it. */
    private void closeGap(int from) {
        int gap = from;
        for (int slot = next(gap); slots[slot] != 0; slot = next(slot)) {
            int home = home(hash(slots[slot]));
            boolean staysReachable = gap <= slot ? home > gap && home <= slot : home > gap || home <= slot;
            if (!staysReachable) {
                slots[gap] = slots[slot];
                gap = slot;
            }
        }
        slots[gap] = 0;
    }

    private void resize(int capacity) {
        long[] old = slots;
        slots = new long[capacity];
        for (long raw : old) {
            if (raw != 0) {
                put(hash(raw), value(raw));
            }
        }
    }
}
