package io.orrery.raft.check;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.raft.log.Entry;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Every entry that was ever in a log, by (index, term), with a hash of it and of the term before it. If each of them is
 * unique, then logs that share an entry share all before it: the induction of section 5.3.
 */
final class EntryBook {
    private static final int WIDTH = 3;

    /** At each index: term, hash, the term before, term, hash, the term before, ... */
    private final ArrayList<long[]> byIndex = new ArrayList<>();

    void note(long index, long prevTerm, Entry entry) {
        long hash = Prng.mix(entry.digest() ^ Prng.mix(prevTerm));
        while (byIndex.size() < index) {
            byIndex.add(null);
        }
        int at = (int) index - 1;
        long[] known = byIndex.get(at);
        if (known == null) {
            byIndex.set(at, new long[] {entry.term(), hash, prevTerm});
            return;
        }
        for (int i = 0; i < known.length; i += WIDTH) {
            if (known[i] == entry.term()) {
                Check.that(
                        known[i + 1] == hash,
                        "P3 log matching: two entries of one index and term differ",
                        index,
                        entry.term());
                return;
            }
        }
        long[] more = Arrays.copyOf(known, known.length + WIDTH);
        more[known.length] = entry.term();
        more[known.length + 1] = hash;
        more[known.length + 2] = prevTerm;
        byIndex.set(at, more);
    }

    /** Whether a log whose last entry is (last, lastTerm) has, or had before it was compacted, the entry (index, term). */
    boolean isBefore(long index, long term, long last, long lastTerm) {
        long at = last;
        long atTerm = lastTerm;
        while (at > index) {
            long prevTerm = prevTerm(at, atTerm);
            if (prevTerm < 0) {
                return false;
            }
            at--;
            atTerm = prevTerm;
        }
        return at == index && atTerm == term;
    }

    /** Negative for an entry that was never seen. */
    private long prevTerm(long index, long term) {
        long[] known = index > byIndex.size() ? null : byIndex.get((int) index - 1);
        for (int i = 0; known != null && i < known.length; i += WIDTH) {
            if (known[i] == term) {
                return known[i + 2];
            }
        }
        return -1;
    }
}
