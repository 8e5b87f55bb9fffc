package io.orrery.broker.topic;

import io.orrery.kernel.Check;
import java.util.Arrays;

/**
 * Many small records of ints, each named by a number: in pages, so that growing copies no more than one of them.
 *
 * <ul>
 *   <li>R1: the first field of a record in use is not negative.
 *   <li>R2: free records hang on a list through their first fields, the last freed first; so that no room is taken beside them.
 * </ul>
 *
 * <p>A table that is emptied, but for what is kept, is as good as new; until then it takes what it took at its largest. For one thread.
 */
final class IntRecords {
    /** Of 1,024 records: growing by a page is never felt. */
    private static final int PAGE_SHIFT = 10;

    private static final int PAGE = 1 << PAGE_SHIFT;
    private static final int FIRST = 16;
    private static final int NO_RECORD = -1;
    private static final int ARRAY_BYTES = 16;

    private final int shift;
    private final int kept;
    private int[][] pages;
    private int firstFree = NO_RECORD;
    private int bound;
    private int used;

    /**
     * @param shift a record has two to the power of this ints
     * @param kept how many records, the first ones, are never freed; few
     */
    IntRecords(int shift, int kept) {
        this.shift = shift;
        this.kept = kept;
        pages = new int[][] {new int[FIRST << shift]};
    }

    /** A record of zeros. */
    int take() {
        used++;
        if (firstFree == NO_RECORD) {
            grow(bound);
            return bound++;
        }
        int record = firstFree;
        Check.that(at(record, 0) < 0, "R1: a free record is marked as such", record);
        firstFree = -2 - at(record, 0);
        int[] page = pages[record >>> PAGE_SHIFT];
        int at = (record & PAGE - 1) << shift;
        Arrays.fill(page, at, at + (1 << shift), 0);
        return record;
    }

    private void grow(int record) {
        int page = record >>> PAGE_SHIFT;
        int places = (record & PAGE - 1) + 1 << shift;
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, page * 2);
        }
        if (pages[page] == null) {
            pages[page] = new int[PAGE << shift];
        } else if (pages[page].length < places) {
            pages[page] = Arrays.copyOf(pages[page], Math.min(PAGE << shift, pages[page].length * 2));
        }
    }

    void free(int record) {
        Check.that(isUsed(record), "R1: a record is freed once", record);
        used--;
        if (used == kept) {
            clear();
            return;
        }
        set(record, 0, -2 - firstFree);
        firstFree = record;
    }

    private void clear() {
        firstFree = NO_RECORD;
        bound = kept;
        int[] first = pages[0];
        if (pages.length > 1 || first.length > FIRST << shift) {
            pages = new int[][] {Arrays.copyOf(first, FIRST << shift)};
        }
        Arrays.fill(pages[0], kept << shift, pages[0].length, 0);
    }

    int at(int record, int field) {
        return pages[record >>> PAGE_SHIFT][(record & PAGE - 1) << shift | field];
    }

    void set(int record, int field, int value) {
        pages[record >>> PAGE_SHIFT][(record & PAGE - 1) << shift | field] = value;
    }

    boolean isUsed(int record) {
        return at(record, 0) >= 0;
    }

    /** Records in use. */
    int used() {
        return used;
    }

    /** Records are below this; some may be free. */
    int bound() {
        return bound;
    }

    /** What the arrays take. */
    long reservedBytes() {
        long bytes = ARRAY_BYTES + 4L * pages.length;
        for (int page = 0; page < pages.length && pages[page] != null; page++) {
            bytes += ARRAY_BYTES + 4L * pages[page].length;
        }
        return bytes;
    }
}
