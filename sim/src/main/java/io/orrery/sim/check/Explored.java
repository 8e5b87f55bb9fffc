package io.orrery.sim.check;

import io.orrery.kernel.Prng;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * The configurations that a search has been in: a hash table that is asked and never iterated, so that what states hash to
 * is of no consequence but for speed. Exact: a configuration is known only if an equal one was added.
 *
 * <p>A configuration is a few numbers in one array that all share: a search asks for millions, and most of them twice.
 *
 * <pre>
 *   full, words of rest, words of uncertain ... : certain calls below {@code full} had happened, and the one of this number had
 *   not; which of the later ones had, numbered from there; which uncertain calls had. Beside them the model's state after all.
 * </pre>
 */
final class Explored {
    /** What a configuration is said to take: a budget of memory is part of what a verdict depends on. */
    private static final int ENTRY_BYTES = 200;

    private static final int WORD_BITS = 64;

    /** By slot: one more than the number of its configuration; 0 for none. */
    private int[] slots = new int[1024];

    private long[] hashes = new long[256];
    private Object[] states = new Object[256];
    /** By number, where its words begin; they end where those of the next do. */
    private int[] starts = new int[257];

    private long[] words = new long[1024];
    private int size;
    private long bytes;

    /** Adds one; false if it is there already. The sets are copied. */
    boolean add(int full, BitSet rest, BitSet uncertain, Object state) {
        int start = starts[size];
        int restWords = wordsOf(rest.length() - full);
        int uncertainWords = wordsOf(uncertain.length());
        int end = start + 2 + restWords + uncertainWords;
        if (end > words.length) {
            words = Arrays.copyOf(words, Math.max(end, words.length * 2));
        }
        words[start] = full;
        words[start + 1] = restWords;
        copy(rest, full, start + 2, restWords);
        copy(uncertain, 0, start + 2 + restWords, uncertainWords);
        long hash = Objects.hashCode(state);
        for (int i = start; i < end; i++) {
            hash = Prng.mix(hash * 31 + words[i]);
        }
        int slot = slotOf(hash, start, end, state);
        if (slots[slot] != 0) {
            return false;
        }
        keep(slot, hash, end, state);
        bytes += ENTRY_BYTES + (restWords + uncertainWords) * (long) Long.BYTES;
        if (size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    private static int wordsOf(int bits) {
        return bits <= 0 ? 0 : (bits + WORD_BITS - 1) / WORD_BITS;
    }

    /** Copies the set's bits from one on to so many words. */
    private void copy(BitSet set, int from, int at, int count) {
        Arrays.fill(words, at, at + count, 0);
        for (int bit = set.nextSetBit(from); bit >= 0; bit = set.nextSetBit(bit + 1)) {
            words[at + (bit - from) / WORD_BITS] |= 1L << (bit - from) % WORD_BITS;
        }
    }

    private void keep(int slot, long hash, int end, Object state) {
        if (size == states.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
            states = Arrays.copyOf(states, size * 2);
            starts = Arrays.copyOf(starts, size * 2 + 1);
        }
        hashes[size] = hash;
        states[size] = state;
        slots[slot] = ++size;
        starts[size] = end;
    }

    int size() {
        return size;
    }

    /** Memory taken, roughly; states are counted as small. */
    long bytes() {
        return bytes;
    }

    /** Where the configuration is whose words lie there, or is to be. */
    private int slotOf(long hash, int start, int end, Object state) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0 && !isSame(slots[slot] - 1, hash, start, end, state)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isSame(int number, long hash, int start, int end, Object state) {
        return hashes[number] == hash
                && Arrays.equals(words, starts[number], starts[number + 1], words, start, end)
                && states[number].equals(state);
    }

    private void grow() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = (int) hashes[number] & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = number + 1;
        }
    }
}
