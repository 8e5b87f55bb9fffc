package io.orrery.gossip.owner;

import io.orrery.kernel.codec.Bytes;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** A sorted set of rows that knows its hash. */
final class Rows {
    private final TreeSet<Bytes> rows = new TreeSet<>();
    private long hash;

    /**
     * @param row kept as it is: compact it first
     */
    boolean add(Bytes row) {
        if (!rows.add(row)) {
            return false;
        }
        hash ^= RowHash.of(row);
        return true;
    }

    boolean remove(Bytes row) {
        if (!rows.remove(row)) {
            return false;
        }
        hash ^= RowHash.of(row);
        return true;
    }

    boolean contains(Bytes row) {
        return rows.contains(row);
    }

    /** The rows behind {@code from} (null: from the first) up to {@code to} (null: to the last). */
    SortedSet<Bytes> range(Bytes from, Bytes to) {
        if (from == null) {
            return to == null ? rows : rows.headSet(to, true);
        }
        return to == null ? rows.tailSet(from, false) : rows.subSet(from, false, to, true);
    }

    SortedSet<Bytes> view() {
        return Collections.unmodifiableSortedSet(rows);
    }

    int count() {
        return rows.size();
    }

    long hash() {
        return hash;
    }

    /** The hash from scratch, for checks. */
    long recomputedHash() {
        long sum = 0;
        for (Bytes row : rows) {
            sum ^= RowHash.of(row);
        }
        return sum;
    }
}
