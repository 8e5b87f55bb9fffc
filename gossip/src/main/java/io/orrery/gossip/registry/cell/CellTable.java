package io.orrery.gossip.registry.cell;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cells by key, in the order of their keys' hashes: an array of small sorted arrays, which a million cells fill with little
 * beside themselves. A piece of the table is a range of hashes; all nodes mean the same by one, whatever they hold.
 *
 * <ul>
 *   <li>T1: a cell lies in the bucket that the upper bits of its key's hash name; a bucket is sorted by hash, then key.
 *   <li>T2: no call takes longer for a larger table, but for the array of a table that grows: buckets become two one by one,
 *       from the lowest hash on, and are done before the next doubling.
 * </ul>
 */
public final class CellTable {
    /** Where all hashes end. */
    public static final long HASH_END = 1L << 32;

    private static final int BITS_MIN = 4;
    private static final int BITS_MAX = 20;
    private static final int LOAD = 16;
    private static final int SPLIT_AT_ONCE = 2;
    private static final Cell[] NONE = {};

    private Cell[][] buckets = empty(BITS_MIN);
    private int bits = BITS_MIN;
    /** T2: of one bit less, where those from {@link #split} on lie still; null when all are split. */
    private Cell[][] old;

    private int split;
    private int size;

    private static Cell[][] empty(int bits) {
        Cell[][] buckets = new Cell[1 << bits][];
        Arrays.fill(buckets, NONE);
        return buckets;
    }

    public int size() {
        return size;
    }

    /** The cell of a key; null if there is none. */
    public Cell find(Bytes key) {
        int hash = Cell.hashOf(key);
        Cell[] bucket = bucket(hash);
        int at = search(bucket, hash, key);
        return at >= 0 ? bucket[at] : null;
    }

    private static int search(Cell[] bucket, int hash, Bytes key) {
        int low = 0;
        int high = bucket.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = bucket[middle].compareKey(hash, key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return ~low;
    }

    /** Puts the cell in the place of its key's. */
    void put(Cell cell) {
        goOnSplitting();
        Cell[] bucket = bucket(cell.keyHash());
        int at = search(bucket, cell.keyHash(), cell.key());
        if (at >= 0) {
            bucket[at] = cell;
            return;
        }
        Cell[] grown = new Cell[bucket.length + 1];
        System.arraycopy(bucket, 0, grown, 0, ~at);
        System.arraycopy(bucket, ~at, grown, ~at + 1, bucket.length - ~at);
        grown[~at] = cell;
        replace(cell.keyHash(), grown);
        size++;
        if (size > LOAD << bits && bits < BITS_MAX && old == null) {
            beginSplit();
        }
    }

    /** Removes a key's cell, which must be there. */
    void remove(Cell cell) {
        Cell[] bucket = bucket(cell.keyHash());
        int at = search(bucket, cell.keyHash(), cell.key());
        Check.that(at >= 0, "only what is there is removed");
        Cell[] shrunk = bucket.length == 1 ? NONE : new Cell[bucket.length - 1];
        System.arraycopy(bucket, 0, shrunk, 0, at);
        System.arraycopy(bucket, at + 1, shrunk, at, shrunk.length - at);
        replace(cell.keyHash(), shrunk);
        size--;
    }

    /** T2: from now on each bucket becomes two, some with each cell that is put. */
    private void beginSplit() {
        old = buckets;
        bits++;
        buckets = new Cell[1 << bits][];
        split = 0;
    }

    /** T1, T2. */
    private void goOnSplitting() {
        for (int i = 0; i < SPLIT_AT_ONCE && old != null; i++) {
            Cell[] bucket = old[split];
            int middle = 0;
            while (middle < bucket.length && bucket[middle].keyHash() >>> 32 - bits == 2 * split) {
                middle++;
            }
            buckets[2 * split] = piece(bucket, 0, middle);
            buckets[2 * split + 1] = piece(bucket, middle, bucket.length);
            old[split] = null;
            split++;
            if (split == old.length) {
                old = null;
            }
        }
    }

    private static Cell[] piece(Cell[] bucket, int from, int to) {
        return from == to ? NONE : Arrays.copyOfRange(bucket, from, to);
    }

    /** Whether the bucket of this hash is still to become two. */
    private boolean isOld(int hash) {
        return old != null && hash >>> 33 - bits >= split;
    }

    private Cell[] bucket(int hash) {
        return isOld(hash) ? old[hash >>> 33 - bits] : buckets[hash >>> 32 - bits];
    }

    private void replace(int hash, Cell[] bucket) {
        if (isOld(hash)) {
            old[hash >>> 33 - bits] = bucket;
        } else {
            buckets[hash >>> 32 - bits] = bucket;
        }
    }

    /** Hands over the cells whose keys' hashes are in [from, to), in order; the table must not change meanwhile. */
    public void forEach(long from, long to, Consumer<Cell> visitor) {
        long end = Math.min(to, HASH_END);
        for (long at = from; at < end; at = bucketEnd(at)) {
            for (Cell cell : bucket((int) at)) {
                long hash = Integer.toUnsignedLong(cell.keyHash());
                if (hash >= from && hash < to) {
                    visitor.accept(cell);
                }
            }
        }
    }

    public void forEach(Consumer<Cell> visitor) {
        forEach(0, HASH_END, visitor);
    }

    /** Where the bucket ends in which this hash lies. */
    public long bucketEnd(long hash) {
        int shift = isOld((int) hash) ? 33 - bits : 32 - bits;
        return (hash >>> shift) + 1 << shift;
    }
}
