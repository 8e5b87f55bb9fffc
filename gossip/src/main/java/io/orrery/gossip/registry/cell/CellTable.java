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
 * </ul>
 */
public final class CellTable {
    /** Where all hashes end. */
    public static final long HASH_END = 1L << 32;

    private static final int BITS_MIN = 4;
    private static final int BITS_MAX = 20;
    private static final int LOAD = 16;
    private static final Cell[] NONE = {};

    private Cell[][] buckets = empty(BITS_MIN);
    private int bits = BITS_MIN;
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
        Cell[] bucket = buckets[hash >>> 32 - bits];
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
        int index = cell.keyHash() >>> 32 - bits;
        Cell[] bucket = buckets[index];
        int at = search(bucket, cell.keyHash(), cell.key());
        if (at >= 0) {
            bucket[at] = cell;
            return;
        }
        Cell[] grown = new Cell[bucket.length + 1];
        System.arraycopy(bucket, 0, grown, 0, ~at);
        System.arraycopy(bucket, ~at, grown, ~at + 1, bucket.length - ~at);
        grown[~at] = cell;
        buckets[index] = grown;
        size++;
        if (size > LOAD << bits && bits < BITS_MAX) {
            split();
        }
    }

    /** Removes a key's cell, which must be there. */
    void remove(Cell cell) {
        int index = cell.keyHash() >>> 32 - bits;
        Cell[] bucket = buckets[index];
        int at = search(bucket, cell.keyHash(), cell.key());
        Check.that(at >= 0, "only what is there is removed");
        Cell[] shrunk = bucket.length == 1 ? NONE : new Cell[bucket.length - 1];
        System.arraycopy(bucket, 0, shrunk, 0, at);
        System.arraycopy(bucket, at + 1, shrunk, at, shrunk.length - at);
        buckets[index] = shrunk;
        size--;
    }

    /** T1: each bucket becomes two. */
    private void split() {
        Cell[][] old = buckets;
        bits++;
        buckets = new Cell[1 << bits][];
        for (int i = 0; i < old.length; i++) {
            int middle = 0;
            while (middle < old[i].length && old[i][middle].keyHash() >>> 32 - bits == 2 * i) {
                middle++;
            }
            buckets[2 * i] = Arrays.copyOfRange(old[i], 0, middle);
            buckets[2 * i + 1] = Arrays.copyOfRange(old[i], middle, old[i].length);
        }
    }

    /** Hands over the cells whose keys' hashes are in [from, to), in order; the table must not change meanwhile. */
    public void forEach(long from, long to, Consumer<Cell> visitor) {
        int last = (int) (Math.min(to, HASH_END) - 1 >>> 32 - bits);
        for (int index = (int) (from >>> 32 - bits); index <= last; index++) {
            for (Cell cell : buckets[index]) {
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
        return ((hash >>> 32 - bits) + 1) << 32 - bits;
    }
}
