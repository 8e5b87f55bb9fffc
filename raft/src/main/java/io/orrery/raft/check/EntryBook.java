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
    /** At each index: term, hash, term, hash, ... */
    private final ArrayList<long[]> byIndex = new ArrayList<>();

    void note(long index, long prevTerm, Entry entry) {
        long hash = Prng.mix(entry.digest() ^ Prng.mix(prevTerm));
        while (byIndex.size() < index) {
            byIndex.add(null);
        }
        int at = (int) index - 1;
        long[] known = byIndex.get(at);
        if (known == null) {
            byIndex.set(at, new long[] {entry.term(), hash});
            return;
        }
        for (int i = 0; i < known.length; i += 2) {
            if (known[i] == entry.term()) {
                Check.that(
                        known[i + 1] == hash,
                        "P3 log matching: two entries of one index and term differ",
                        index,
                        entry.term());
                return;
            }
        }
        long[] more = Arrays.copyOf(known, known.length + 2);
        more[known.length] = entry.term();
        more[known.length + 1] = hash;
        byIndex.set(at, more);
    }
}
