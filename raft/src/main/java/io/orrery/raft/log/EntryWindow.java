package io.orrery.raft.log;

import io.orrery.kernel.Check;

/**
 * Consecutive indexes of a log and their entries. Entries leave at both ends: compacted in front, truncated behind. While
 * a log is read back an entry may come before those in front of it: then slots between are empty for a while.
 *
 * <ul>
 *   <li>I1: memory is bounded by what is in the window: a window that became small gives its memory back.
 * </ul>
 */
final class EntryWindow {
    private static final int SLOTS_MIN = 16;
    private static final Entry[] NONE = {};

    /** The entry of an index lies at its lowest bits. */
    private Entry[] slots = NONE;

    private long first = 1;
    private long last;

    long first() {
        return first;
    }

    /** One less than the first if the window is empty. */
    long last() {
        return last;
    }

    boolean isEmpty() {
        return last < first;
    }

    /** The entry at an index of the window; null if its slot is empty. */
    Entry at(long index) {
        Check.that(index >= first && index <= last, "an index is within the log", index, first, last);
        return slots[(int) index & slots.length - 1];
    }

    void append(Entry entry) {
        Check.that(entry.index() == last + 1, "an entry follows the last", entry.index(), last);
        reserve(last + 2 - first);
        last++;
        slots[(int) last & slots.length - 1] = entry;
    }

    /** Puts an entry into its slot, and opens slots up to it. */
    void put(Entry entry) {
        long index = entry.index();
        if (isEmpty()) {
            first = index;
            last = index - 1;
        }
        long from = Math.min(first, index);
        long to = Math.max(last, index);
        reserve(to + 1 - from);
        first = from;
        last = to;
        slots[(int) index & slots.length - 1] = entry;
    }

    /** Forgets all up to {@code index}; the window begins behind it, even if that is beyond its end. */
    void dropTo(long index) {
        if (index >= last) {
            restartAt(index + 1);
            return;
        }
        for (; first <= index; first++) {
            slots[(int) first & slots.length - 1] = null;
        }
        maybeShrink();
    }

    /** Forgets all from {@code index} on. */
    void dropFrom(long index) {
        for (; last >= index && last >= first; last--) {
            slots[(int) last & slots.length - 1] = null;
        }
        maybeShrink();
    }

    /** Forgets all; the window begins at {@code index}. */
    void restartAt(long index) {
        slots = NONE;
        first = index;
        last = index - 1;
    }

    private void reserve(long size) {
        if (size > slots.length) {
            Check.that(size <= 1 << 29, "a log has at most 2^29 entries in memory", size);
            resize(Math.max(SLOTS_MIN, Integer.highestOneBit((int) size - 1) << 1));
        }
    }

    private void maybeShrink() {
        long size = last - first + 1;
        if (slots.length > SLOTS_MIN && size * 16 < slots.length) {
            resize(Math.max(SLOTS_MIN, Integer.highestOneBit((int) size + 1) << 1));
        }
    }

    private void resize(int length) {
        Entry[] before = slots;
        slots = new Entry[length];
        for (long index = first; index <= last; index++) {
            slots[(int) index & length - 1] = before[(int) index & before.length - 1];
        }
        Check.that(slots.length >= last - first + 1, "I1: a window holds its entries", length);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
