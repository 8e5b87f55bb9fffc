package io.orrery.broker.topic;

import java.util.Arrays;

/** A long list of ints that grows by a page and not by a copy of itself. */
final class IntPages {
    private static final int SHIFT = 12;
    private static final int PAGE = 1 << SHIFT;
    private static final int FIRST = 16;

    private int[][] pages = {new int[FIRST]};

    int at(int index) {
        return pages[index >>> SHIFT][index & PAGE - 1];
    }

    /** Sets any int up to one page behind the last that was set. */
    void set(int index, int value) {
        int page = index >>> SHIFT;
        int at = index & PAGE - 1;
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length + pages.length / 2));
        }
        if (pages[page] == null) {
            pages[page] = new int[PAGE];
        } else if (at >= pages[page].length) {
            pages[page] = Arrays.copyOf(pages[page], Math.min(PAGE, Math.max(at + 1, pages[page].length * 2)));
        }
        pages[page][at] = value;
    }
}
