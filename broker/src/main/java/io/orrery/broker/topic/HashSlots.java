package io.orrery.broker.topic;

import io.orrery.kernel.Check;

/**
 * An open-addressed table from a 32-bit hash to a non-negative int; the caller compares what an int stands for. One long
 * a slot: the hash above, the value plus one below; 0 is empty. Linear probing at a load of at most three quarters, and
 * removal by shifting back, so that there are no tombstones and an emptied table is as good as new.
 *
 * <p>A large table is made of {@value #SEGMENTS} segments by the first bits of the hash, each of which grows by itself: so no
 * change copies more than a few hundredths of it, which for ten million entries is half a millisecond. A large segment grows by
 * an eighth and not by as much again: an entry takes 10.7 to 12 bytes. That is why a hash's place is its part of the segment's
 * length, which need not be a power of two, and entries lie in the order of their hashes.
 *
 * <p>Find with {@code for (int s = home(h); (v = value(s)) >= 0; s = next(s)) if (hash(s) == h && same(v)) ...}. A slot is the
 * number of its segment above, its place there below.
 */
final class HashSlots {
    private static final int CAPACITY_MIN = 16;
    /** A segment of more slots grows by an eighth. */
    private static final int DOUBLING_MAX = 256;

    private static final int SEGMENTS = 256;
    private static final int SEGMENT_SHIFT = 24;
    private static final int PLACE_MASK = (1 << SEGMENT_SHIFT) - 1;
    /** A table of more entries than this is made of segments. */
    private static final int WHOLE_MAX = 48 * 1024;

    private static final int ARRAY_BYTES = 16;

    private long[][] segments = {new long[CAPACITY_MIN]};
    private int[] sizes = new int[1];
    private int size;

    int size() {
        return size;
    }

    int home(int hash) {
        int segment = hash >>> SEGMENT_SHIFT & segments.length - 1;
        long place = (long) (hash & PLACE_MASK) * segments[segment].length >>> SEGMENT_SHIFT;
        return segment << SEGMENT_SHIFT | (int) place;
    }

    int next(int slot) {
        int place = (slot & PLACE_MASK) + 1;
        return place < segments[slot >>> SEGMENT_SHIFT].length ? slot + 1 : slot & ~PLACE_MASK;
    }

    /** What lies in the slot, the hash above and value + 1 below; 0 if nothing. */
    long raw(int slot) {
        return segments[slot >>> SEGMENT_SHIFT][slot & PLACE_MASK];
    }

    static int hash(long raw) {
        return (int) (raw >>> 32);
    }

    static int value(long raw) {
        return (int) raw - 1;
    }

    /** Adds an entry that is not there. */
    void insert(int hash, int value) {
        if (size == WHOLE_MAX && segments.length == 1) {
            split();
        }
        size++;
        add(hash, value);
    }

    private void add(int hash, int value) {
        int segment = home(hash) >>> SEGMENT_SHIFT;
        int capacity = segments[segment].length;
        if ((sizes[segment] + 1) * 4L > capacity * 3L) {
            resize(segment, capacity < DOUBLING_MAX ? capacity * 2 : capacity + capacity / 8);
        }
        sizes[segment]++;
        put(hash, value);
    }

    private void put(int hash, int value) {
        int slot = home(hash);
        while (raw(slot) != 0) {
            slot = next(slot);
        }
        set(slot, entry(hash, value));
    }

    private static long entry(int hash, int value) {
        return (long) hash << 32 | value + 1;
    }

    private void set(int slot, long raw) {
        segments[slot >>> SEGMENT_SHIFT][slot & PLACE_MASK] = raw;
    }

    /** The slot of an entry; an empty one if it is not there. */
    private int slot(int hash, int value) {
        long entry = entry(hash, value);
        int slot = home(hash);
        while (raw(slot) != entry && raw(slot) != 0) {
            slot = next(slot);
        }
        return slot;
    }

    /** Puts another value in an entry's place; false if the entry is not there. */
    boolean replace(int hash, int value, int by) {
        int slot = slot(hash, value);
        if (raw(slot) == 0) {
            return false;
        }
        set(slot, entry(hash, by));
        return true;
    }

    /** Removes the entry; false if it is not there. */
    boolean remove(int hash, int value) {
        int slot = slot(hash, value);
        if (raw(slot) == 0) {
            return false;
        }
        closeGap(slot);
        int segment = slot >>> SEGMENT_SHIFT;
        int left = --sizes[segment];
        size--;
        if (size == 0) {
            segments = new long[][] {new long[CAPACITY_MIN]};
            sizes = new int[1];
        } else if (segments[segment].length > CAPACITY_MIN && left * 8L < segments[segment].length * 3L) {
            resize(segment, Math.max(CAPACITY_MIN, segments[segment].length * 5 / 8));
        }
        return true;
    }

    /** Moves back each later entry of the run that may lie in the gap, so that probing still finds it. */
    private void closeGap(int from) {
        int gap = from;
        for (int slot = next(gap); raw(slot) != 0; slot = next(slot)) {
            int home = home(hash(raw(slot)));
            boolean staysReachable = gap <= slot ? home > gap && home <= slot : home > gap || home <= slot;
            if (!staysReachable) {
                set(gap, raw(slot));
                gap = slot;
            }
        }
        set(gap, 0);
    }

    private void resize(int segment, int capacity) {
        Check.that(capacity <= PLACE_MASK + 1, "a segment has at most 2^24 places", capacity);
        long[] old = segments[segment];
        segments[segment] = new long[capacity];
        for (long raw : old) {
            if (raw != 0) {
                put(hash(raw), value(raw));
            }
        }
    }

    /** From one segment to many, with room for half as much again. */
    private void split() {
        long[] whole = segments[0];
        segments = new long[SEGMENTS][];
        sizes = new int[SEGMENTS];
        for (int segment = 0; segment < SEGMENTS; segment++) {
            segments[segment] = new long[WHOLE_MAX / SEGMENTS * 3 / 2];
        }
        for (long raw : whole) {
            if (raw != 0) {
                add(hash(raw), value(raw));
            }
        }
    }

    /** What the arrays take. */
    long reservedBytes() {
        long bytes = 2 * ARRAY_BYTES + 8L * segments.length;
        for (long[] segment : segments) {
            bytes += ARRAY_BYTES + 8L * segment.length;
        }
        return bytes;
    }
}
