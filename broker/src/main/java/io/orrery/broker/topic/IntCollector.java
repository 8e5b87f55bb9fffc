package io.orrery.broker.topic;

import java.util.Arrays;

/** A growing list of ints that its owner reuses: a match adds to it, {@link #clear} keeps its room. For one thread. */
public final class IntCollector {
    private int[] items;
    private int size;

    public IntCollector() {
        this(16);
    }

    public IntCollector(int capacity) {
        items = new int[Math.max(1, capacity)];
    }

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int at(int index) {
        return items[index];
    }

    public void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    /** Adds the first {@code count} items of an array. */
    public void addAll(int[] source, int count) {
        if (size + count > items.length) {
            items = Arrays.copyOf(items, Math.max(size + count, items.length * 2));
        }
        System.arraycopy(source, 0, items, size, count);
        size += count;
    }

    /** Sorts ascending and removes repeats. */
    public void sortDistinct() {
        Arrays.sort(items, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || items[kept - 1] != items[i]) {
                items[kept++] = items[i];
            }
        }
        size = kept;
    }

    public int[] toArray() {
        return Arrays.copyOf(items, size);
    }

    @Override
    public String toString() {
        return Arrays.toString(toArray());
    }
}
