package io.orrery.raft.check;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.raft.log.Entry;
import java.util.Arrays;

/** What anybody ever committed: per index one entry, kept as its term, its digest, and the term in which it was committed. */
final class CommittedLog {
    private long[] terms = new long[64];
    private long[] digests = new long[64];
    private long[] committedIn = new long[64];
    private long[] applied = new long[64];
    private int last;

    long lastIndex() {
        return last;
    }

    /** Somebody in {@code term} holds the entry for committed. */
    void note(Entry entry, long term) {
        int index = (int) entry.index();
        if (index <= last) {
            Check.that(
                    terms[index] == entry.term() && digests[index] == entry.digest(),
                    "P5 state machine safety: two entries were committed at one index",
                    index,
                    terms[index],
                    entry.term());
            return;
        }
        Check.that(index == last + 1, "commits were seen without a gap", index, last);
        if (index == terms.length) {
            grow();
        }
        terms[index] = entry.term();
        digests[index] = entry.digest();
        committedIn[index] = Math.max(term, committedIn[last]);
        applied[index] = Prng.mix(applied[last] * 31 + entry.digest());
        last = index;
    }

    /** The digest of a replica that has applied all up to {@code index}. */
    long digest(long index) {
        Check.that(index <= last, "P5: an entry was applied that nobody has committed", index, last);
        return applied[(int) index];
    }

    boolean holds(long index, long term) {
        return terms[(int) index] == term;
    }

    /** Whether it was committed in this term or before it. */
    boolean isCommittedBy(long index, long term) {
        return index <= last && committedIn[(int) index] <= term;
    }

    /** The last index that was committed in a term before {@code term}; 0 if there is none. */
    long lastBefore(long term) {
        int index = last;
        while (index > 0 && committedIn[index] >= term) {
            index--;
        }
        return index;
    }

    private void grow() {
        int capacity = terms.length * 2;
        terms = Arrays.copyOf(terms, capacity);
        digests = Arrays.copyOf(digests, capacity);
        committedIn = Arrays.copyOf(committedIn, capacity);
        applied = Arrays.copyOf(applied, capacity);
    }
}
