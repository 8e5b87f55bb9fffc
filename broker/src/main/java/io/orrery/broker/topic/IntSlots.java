package io.orrery.broker.topic;

import java.util.Arrays;

/** Hands out small ints, the last freed first; the owner keeps arrays indexed by them. */
final class IntSlots {
    private int[] free = new int[8];
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
            freeCount = 0;
            bound = 0;
        }
    }
}
