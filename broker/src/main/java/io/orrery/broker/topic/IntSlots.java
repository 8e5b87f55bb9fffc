package io.orrery.broker.topic;

import java.util.Arrays;

/** Hands out small ints, the last freed first; the owner keeps arrays indexed by them. */
final class IntSlots {
    private static final int FIRST = 8;

    private int[] free = new int[FIRST];
    private int freeCount;
    private int bound;

    /** All ints handed out so far are below this. */
    int bound() {
        return bound;
    }

    int used() {
        return bound - freeCount;
    }

    int take() {
        return freeCount > 0 ? free[--freeCount] : bound++;
    }

    void free(int slot) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = slot;
        if (freeCount == bound) {
            clear();
        }
    }

    /** All ints are free. */
    void clear() {
        free = new int[FIRST];
        freeCount = 0;
        bound = 0;
    }

    /** What the array takes. */
    long reservedBytes() {
        return 16 + 4L * free.length;
    }
}
