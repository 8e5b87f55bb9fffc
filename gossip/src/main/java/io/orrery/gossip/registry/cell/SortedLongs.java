package io.orrery.gossip.registry.cell;

import io.orrery.kernel.Check;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Positive numbers by key, few and sorted: two arrays. A copy shares them until one of the two changes, so that what is asked for
 * much more often than it changes costs nothing to hand out. As a {@link Map} it can be read only.
 *
 * <ul>
 *   <li>L1: keys rise strictly.
 *   <li>L2: arrays that a copy shares are never written.
 * </ul>
 */
final class SortedLongs<K extends Comparable<K>> extends AbstractMap<K, Long> {
    private static final int CAPACITY_MIN = 8;

    private Object[] keys;
    private long[] values;
    private int size;
    private boolean isShared;

    SortedLongs(int capacity) {
        keys = new Object[capacity];
        values = new long[capacity];
    }

    /** A copy. */
    SortedLongs(SortedLongs<K> other) {
        keys = other.keys;
        values = other.values;
        size = other.size;
        isShared = true;
        other.isShared = true;
    }

    /** The key's number; 0 if it has none. */
    long of(K key) {
        int at = find(key);
        return at < 0 ? 0 : values[at];
    }

    /** Sets the key's number. */
    void set(K key, long value) {
        Check.argument(value > 0, "numbers are positive");
        boolean isLast = size > 0 && keyAt(size - 1).compareTo(key) < 0;
        int at = isLast ? -size - 1 : find(key);
        if (at >= 0) {
            own(size);
            values[at] = value;
        } else {
            insert(-at - 1, key, value);
        }
    }

    private void insert(int at, K key, long value) {
        own(size == keys.length ? Math.max(CAPACITY_MIN, size * 2) : keys.length);
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        keys[at] = key;
        values[at] = value;
        size++;
        Check.that(at == 0 || keyAt(at - 1).compareTo(key) < 0, "L1: keys rise");
    }

    /** L2: the arrays are this one's, and have room for so many. */
    private void own(int capacity) {
        if (isShared || capacity > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(capacity, size));
            values = Arrays.copyOf(values, keys.length);
            isShared = false;
        }
    }

    /** Where the first key is that is not before this one. */
    int from(K key) {
        int at = find(key);
        return at < 0 ? -at - 1 : at;
    }

    void removeAt(int at) {
        Check.argument(at >= 0 && at < size, "there is such a number", at);
        own(size);
        System.arraycopy(keys, at + 1, keys, at, size - at - 1);
        System.arraycopy(values, at + 1, values, at, size - at - 1);
        keys[--size] = null;
    }

    @SuppressWarnings("unchecked")
    K keyAt(int at) {
        return (K) keys[at];
    }

    long valueAt(int at) {
        return values[at];
    }

    private int find(K key) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = keyAt(middle).compareTo(key);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }

    /** Whether it is a copy of the other, and neither has changed since. */
    boolean isShareOf(SortedLongs<K> other) {
        return keys == other.keys && values == other.values && size == other.size;
    }

    boolean isSame(SortedLongs<K> other) {
        return isShareOf(other)
                || size == other.size
                        && Arrays.equals(values, 0, size, other.values, 0, size)
                        && Arrays.equals(keys, 0, size, other.keys, 0, size);
    }

    // ---- as a map

    @Override
    public int size() {
        return size;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Long get(Object key) {
        long value = of((K) key);
        return value == 0 ? null : Long.valueOf(value);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Map.Entry<K, Long>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Map.Entry<K, Long>> iterator() {
                return new Walk();
            }
        };
    }

    private final class Walk implements Iterator<Map.Entry<K, Long>> {
        private int at;

        @Override
        public boolean hasNext() {
            return at < size;
        }

        @Override
        public Map.Entry<K, Long> next() {
            if (at >= size) {
                throw new NoSuchElementException("there is another number");
            }
            return Map.entry(keyAt(at), valueAt(at++));
        }
    }
}
