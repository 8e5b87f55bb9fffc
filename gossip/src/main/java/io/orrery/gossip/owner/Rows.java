package io.orrery.gossip.owner;

import io.orrery.gossip.owner.RowStore.Shelf;
import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A set of rows in the order of their hashes, whose own hash is at hand: eight bytes a row and a little, beside what its
 * shelf keeps.
 *
 * <p>Linear hashing (W. Litwin, 1980) by the first bits of a row's hash: the table grows and shrinks page by page, so that no
 * change costs more than a page. Since the bits are the first ones, the pages lie in the order of the hashes, and each is
 * sorted. That is the order in which snapshots are cut: it depends on what the set holds, and on nothing else, and it needs no
 * tree of rows.
 *
 * <ul>
 *   <li>S1: {@link #hash} is the xor of all rows' hashes, and {@link #count} their number.
 *   <li>S2: entries rise, page by page and within each: by hash, and by bytes where hashes are equal.
 * </ul>
 *
 * <p>A cursor of a snapshot is a row, and need not be in the set.
 */
final class Rows implements Iterable<Bytes> {
    /** Rows a page on average, when the table is as full as it gets. */
    private static final int PAGE_ROWS = 192;

    private static final int PAGE_ROWS_MIN = 64;
    private static final int ENTRY_BYTES_OF_A_CHUNK = 4;

    private final Shelf shelf;
    /** 2^bits; of a pair that is not split yet, the first one is the page of both, and the second is null. */
    private long[][] pages = {new long[4], null};

    private int[] sizes = new int[2];
    private int bits = 1;
    /** Pairs before this one are split. */
    private int split;

    private long count;
    private long hash;

    Rows(Shelf shelf) {
        this.shelf = shelf;
    }

    Shelf shelf() {
        return shelf;
    }

    /** False if it was there. */
    boolean add(Bytes row) {
        return add(row, RowHash.of(row));
    }

    private boolean add(Bytes row, long rowHash) {
        int page = page(rowHash);
        int at = find(page, row, rowHash);
        if (at >= 0) {
            return false;
        }
        insert(page, -at - 1, entry(rowHash, shelf.add(row)));
        hash ^= rowHash;
        count++;
        maybeSplit();
        return true;
    }

    /** False if it was not there. */
    boolean remove(Bytes row) {
        long rowHash = RowHash.of(row);
        int page = page(rowHash);
        int at = find(page, row, rowHash);
        if (at < 0) {
            return false;
        }
        long entry = pages[page][at];
        delete(page, at);
        shelf.remove((int) entry);
        hash ^= rowHash;
        count--;
        Check.that(count >= 0, "S1: rows are counted once", count);
        maybeMerge();
        return true;
    }

    boolean contains(Bytes row) {
        long rowHash = RowHash.of(row);
        return find(page(rowHash), row, rowHash) >= 0;
    }

    long count() {
        return count;
    }

    long hash() {
        return hash;
    }

    /** The hash from scratch, for checks. */
    long recomputedHash() {
        long sum = 0;
        for (Bytes row : this) {
            sum ^= RowHash.of(row);
        }
        return sum;
    }

    /** Whether these and no others are held. */
    boolean isExactly(Set<Bytes> rows) {
        return entries() == rows.size() && containsAll(rows);
    }

    /** Whether both hold the same rows. */
    boolean isSame(Rows other) {
        return hash == other.hash && entries() == other.entries() && containsAll(other);
    }

    private boolean containsAll(Iterable<Bytes> rows) {
        for (Bytes row : rows) {
            if (!contains(row)) {
                return false;
            }
        }
        return true;
    }

    /** The count from scratch, for checks. */
    private long entries() {
        long entries = 0;
        for (int size : sizes) {
            entries += size;
        }
        return entries;
    }

    /** A copy of the rows, sorted by their bytes: for checks, and for small sets. */
    SortedSet<Bytes> sorted() {
        TreeSet<Bytes> rows = new TreeSet<>();
        forEach(rows::add);
        return Collections.unmodifiableSortedSet(rows);
    }

    /** In the order of snapshots; the set must not change meanwhile. */
    @Override
    public Iterator<Bytes> iterator() {
        return new Iterator<>() {
            private int page;
            private int at;

            @Override
            public boolean hasNext() {
                while (page < pages.length && at == sizes[page]) {
                    page++;
                    at = 0;
                }
                return page < pages.length;
            }

            @Override
            public Bytes next() {
                Check.argument(hasNext(), "there is another row");
                return shelf.row((int) pages[page][at++]);
            }
        };
    }

    // ---- snapshots

    /**
     * The first rows behind {@code from} (null: from the first), as many as fit.
     *
     * @param bytesMax of rows, with some for each; one row is taken however long it is
     * @param out the rows, rising
     * @return whether these are all that are behind {@code from}
     */
    boolean chunk(Bytes from, int bytesMax, List<Bytes> out) {
        int page = 0;
        int at = 0;
        if (from != null) {
            page = page(RowHash.of(from));
            int found = find(page, from, RowHash.of(from));
            at = found >= 0 ? found + 1 : -found - 1;
        }
        int bytes = 0;
        for (; page < pages.length; page++, at = 0) {
            for (; at < sizes[page]; at++) {
                Bytes row = shelf.row((int) pages[page][at]);
                bytes += row.length() + ENTRY_BYTES_OF_A_CHUNK;
                if (bytes > bytesMax && !out.isEmpty()) {
                    return false;
                }
                out.add(row);
            }
        }
        return true;
    }

    /** Whether the rows rise strictly, behind {@code from} and up to {@code to}: the bounds of a chunk. */
    static boolean isChunk(Bytes from, Bytes to, List<Bytes> rows) {
        Bytes before = from;
        for (Bytes row : rows) {
            if (before != null && RowHash.compare(before, row) >= 0) {
                return false;
            }
            before = row;
        }
        return to == null || before == null || before.equals(to) || RowHash.compare(before, to) < 0;
    }

    /** Makes what is held behind {@code from} and up to {@code to} equal to {@code rows}, which rise. */
    void replace(Bytes from, Bytes to, List<Bytes> rows) {
        for (Bytes gone : goneIn(from, to, rows)) {
            remove(gone);
        }
        for (Bytes row : rows) {
            add(row);
        }
    }

    private List<Bytes> goneIn(Bytes from, Bytes to, List<Bytes> rows) {
        List<Bytes> gone = new ArrayList<>();
        int page = 0;
        int at = 0;
        if (from != null) {
            page = page(RowHash.of(from));
            int found = find(page, from, RowHash.of(from));
            at = found >= 0 ? found + 1 : -found - 1;
        }
        long toHash = to == null ? 0 : RowHash.of(to);
        int next = 0;
        long nextHash = rows.isEmpty() ? 0 : RowHash.of(rows.get(0));
        for (; page < pages.length; page++, at = 0) {
            for (; at < sizes[page]; at++) {
                long entry = pages[page][at];
                if (to != null && compare(entry, to, toHash) > 0) {
                    return gone;
                }
                int order = 1;
                while (next < rows.size() && (order = compare(entry, rows.get(next), nextHash)) > 0) {
                    next++;
                    nextHash = next < rows.size() ? RowHash.of(rows.get(next)) : 0;
                }
                if (next == rows.size() || order < 0) {
                    gone.add(shelf.row((int) entry));
                }
            }
        }
        return gone;
    }

    // ---- the table

    private int page(long rowHash) {
        int page = (int) (rowHash >>> Long.SIZE - bits);
        return page >>> 1 < split ? page : page & ~1;
    }

    private int find(int page, Bytes row, long rowHash) {
        long[] entries = pages[page];
        int low = 0;
        int high = sizes[page] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(entries[middle], row, rowHash);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** S2: the order of an entry and a row. Only where half a hash is equal is the text asked for. */
    private int compare(long entry, Bytes row, long rowHash) {
        int order = Integer.compareUnsigned((int) (entry >>> 32), (int) (rowHash >>> 32));
        if (order != 0 || shelf.is((int) entry, row)) {
            return order;
        }
        return RowHash.compare(shelf.row((int) entry), row);
    }

    private static long entry(long rowHash, int name) {
        return rowHash & 0xFFFFFFFF00000000L | name & 0xFFFFFFFFL;
    }

    private void insert(int page, int at, long entry) {
        int size = sizes[page];
        if (size == pages[page].length) {
            pages[page] = Arrays.copyOf(pages[page], size + size / 16 + 4);
        }
        System.arraycopy(pages[page], at, pages[page], at + 1, size - at);
        pages[page][at] = entry;
        sizes[page] = size + 1;
    }

    private void delete(int page, int at) {
        int size = sizes[page] - 1;
        System.arraycopy(pages[page], at + 1, pages[page], at, size - at);
        sizes[page] = size;
        if (size + size / 8 + 8 < pages[page].length) {
            pages[page] = Arrays.copyOf(pages[page], size + 4);
        }
    }

    private int pageCount() {
        return (1 << bits - 1) + split;
    }

    private void maybeSplit() {
        if (count <= (long) pageCount() * PAGE_ROWS) {
            return;
        }
        int first = 2 * split;
        long[] both = pages[first];
        int size = sizes[first];
        int middle = 0;
        while (middle < size && (both[middle] >>> Long.SIZE - bits & 1) == 0) {
            middle++;
        }
        pages[first] = Arrays.copyOf(both, middle + 4);
        pages[first + 1] = Arrays.copyOfRange(both, middle, size + 4);
        sizes[first] = middle;
        sizes[first + 1] = size - middle;
        split++;
        if (split == 1 << bits - 1) {
            spread();
        }
    }

    /** All pairs are split: each page is the first of a pair now. */
    private void spread() {
        long[][] wider = new long[2 << bits][];
        int[] widerSizes = new int[2 << bits];
        for (int page = 0; page < pages.length; page++) {
            wider[2 * page] = pages[page];
            widerSizes[2 * page] = sizes[page];
        }
        pages = wider;
        sizes = widerSizes;
        bits++;
        split = 0;
    }

    private void maybeMerge() {
        if (pageCount() == 1 || count >= (long) pageCount() * PAGE_ROWS_MIN) {
            return;
        }
        if (split == 0) {
            gather();
        }
        split--;
        int first = 2 * split;
        int size = sizes[first] + sizes[first + 1];
        long[] both = Arrays.copyOf(pages[first], size + 4);
        System.arraycopy(pages[first + 1], 0, both, sizes[first], sizes[first + 1]);
        Arrays.fill(both, size, both.length, 0);
        pages[first] = both;
        pages[first + 1] = null;
        sizes[first] = size;
        sizes[first + 1] = 0;
    }

    private void gather() {
        long[][] narrower = new long[1 << bits - 1][];
        int[] narrowerSizes = new int[1 << bits - 1];
        for (int page = 0; page < narrower.length; page++) {
            narrower[page] = pages[2 * page];
            narrowerSizes[page] = sizes[2 * page];
        }
        pages = narrower;
        sizes = narrowerSizes;
        bits--;
        split = 1 << bits - 1;
    }

    /** S1, S2 for all rows, for tests. */
    void checkAll() {
        Check.that(hash == recomputedHash(), "S1: the hash is that of the rows", count);
        long seen = 0;
        Bytes before = null;
        for (int page = 0; page < pages.length; page++) {
            for (int at = 0; at < sizes[page]; at++, seen++) {
                Bytes row = shelf.row((int) pages[page][at]);
                Check.that(page == page(RowHash.of(row)), "S2: a row lies on the page of its hash", page);
                Check.that(before == null || RowHash.compare(before, row) < 0, "S2: rows rise", page, at);
                before = row;
            }
        }
        Check.that(seen == count, "S1: rows are counted", seen, count);
    }
}
