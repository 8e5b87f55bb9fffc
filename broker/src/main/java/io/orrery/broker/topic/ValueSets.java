package io.orrery.broker.topic;

import io.orrery.kernel.Check;
import java.util.Arrays;

/**
 * Many small sets of non-negative ints, each named by one int, its reference: 0 the empty set, a negative reference -1-v
 * the set of v alone, a positive one an index into sorted arrays. Most filters have one subscriber, which so costs
 * nothing beyond the reference.
 *
 * <p>Sorted, so that what a match yields depends on the sets' content and not on their history.
 */
final class ValueSets {
    static final int EMPTY = 0;

    private static final int FIRST = 8;
    private static final int ARRAY_BYTES = 16;

    private final IntSlots ids = new IntSlots();
    private int[][] arrays = new int[FIRST][];
    private int[] counts = new int[FIRST];
    /** Of all arrays together. */
    private long arrayBytes;

    ValueSets() {
        ids.take();
    }

    /** The reference of the set with {@code value} added; the same reference and no change if it is in the set. */
    int add(int reference, int value) {
        Check.argument(value >= 0, "a value is not negative");
        if (reference == EMPTY) {
            return -1 - value;
        }
        if (reference < 0) {
            int other = -1 - reference;
            return other == value ? reference : pair(Math.min(value, other), Math.max(value, other));
        }
        int count = counts[reference];
        int at = Arrays.binarySearch(arrays[reference], 0, count, value);
        if (at >= 0) {
            return reference;
        }
        int slot = -at - 1;
        if (count == arrays[reference].length) {
            resize(reference, count + Math.max(2, count / 2));
        }
        int[] array = arrays[reference];
        System.arraycopy(array, slot, array, slot + 1, count - slot);
        array[slot] = value;
        counts[reference] = count + 1;
        return reference;
    }

    private int pair(int low, int high) {
        int id = ids.take();
        if (id >= arrays.length) {
            arrays = Arrays.copyOf(arrays, id * 2);
            counts = Arrays.copyOf(counts, id * 2);
        }
        arrays[id] = new int[] {low, high};
        arrayBytes += bytes(2);
        counts[id] = 2;
        return id;
    }

    /** The reference of the set without {@code value}; the same reference and no change if it is not in the set. */
    int remove(int reference, int value) {
        if (reference <= EMPTY) {
            return reference != EMPTY && -1 - reference == value ? EMPTY : reference;
        }
        int[] array = arrays[reference];
        int count = counts[reference];
        int at = Arrays.binarySearch(array, 0, count, value);
        if (at < 0) {
            return reference;
        }
        if (count == 2) {
            int left = array[1 - at];
            release(reference);
            return -1 - left;
        }
        System.arraycopy(array, at + 1, array, at, count - at - 1);
        counts[reference] = count - 1;
        if (count - 1 < array.length / 4) {
            resize(reference, array.length / 2);
        }
        return reference;
    }

    private void resize(int reference, int length) {
        arrayBytes += bytes(length) - bytes(arrays[reference].length);
        arrays[reference] = Arrays.copyOf(arrays[reference], length);
    }

    private static long bytes(int length) {
        return ARRAY_BYTES + (4L * length + 7 & ~7);
    }

    private void release(int reference) {
        arrayBytes -= bytes(arrays[reference].length);
        arrays[reference] = null;
        counts[reference] = 0;
        ids.free(reference);
        if (arraysUsed() == 0 && arrays.length > FIRST) {
            arrays = new int[FIRST][];
            counts = new int[FIRST];
            ids.clear();
            ids.take();
        }
    }

    boolean contains(int reference, int value) {
        if (reference <= EMPTY) {
            return reference != EMPTY && -1 - reference == value;
        }
        return Arrays.binarySearch(arrays[reference], 0, counts[reference], value) >= 0;
    }

    int count(int reference) {
        return reference == EMPTY ? 0 : reference < 0 ? 1 : counts[reference];
    }

    void collect(int reference, IntCollector out) {
        if (reference < 0) {
            out.add(-1 - reference);
        } else if (reference != EMPTY) {
            out.addAll(arrays[reference], counts[reference]);
        }
    }

    /** What the arrays take. */
    long reservedBytes() {
        return 2 * ARRAY_BYTES + 8L * arrays.length + ids.reservedBytes() + arrayBytes;
    }

    /** Sets of two values and more; 0 when all are empty or single. */
    int arraysUsed() {
        return ids.used() - 1;
    }
}
