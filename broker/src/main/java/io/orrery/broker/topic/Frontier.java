package io.orrery.broker.topic;

import java.util.Arrays;

/** Places of nodes of the trie that a match has come to, each with the level of the name that comes next for it; reused. */
final class Frontier {
    private long[] items = new long[16];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** The place, above, and its level, below 32 bits. */
    long at(int index) {
        return items[index];
    }

    static int place(long item) {
        return (int) (item >>> 32);
    }

    static int level(long item) {
        return (int) item;
    }

    void add(int place, int level) {
        add((long) place << 32 | level);
    }

    void add(long item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }
}
