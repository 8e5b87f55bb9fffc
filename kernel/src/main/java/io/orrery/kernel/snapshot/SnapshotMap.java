package io.orrery.kernel.snapshot;

import io.orrery.kernel.Check;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sorted map that can be read as it was at one moment, entry by entry, while it changes: a {@link View} goes through it in the
 * order of its keys, and what changes ahead of it is kept for it before the change.
 *
 * <ul>
 *   <li>I1: what is kept lies ahead of the view: it is at most what changed since the view was opened.
 *   <li>I2: at most one view is open.
 * </ul>
 *
 * <p>Opening a view copies nothing. While none is open the map costs what a {@link TreeMap} does. Values must be immutable: a
 * value is changed by putting another.
 *
 * @param <K> the keys, in their natural order
 * @param <V> the values; never null
 */
public final class SnapshotMap<K extends Comparable<? super K>, V> {
    private final TreeMap<K, V> entries = new TreeMap<>();
    private View<K, V> view;

    /** The value of the key, or null. */
    public V value(K key) {
        return entries.get(key);
    }

    public boolean holds(K key) {
        return entries.containsKey(key);
    }

    public int size() {
        return entries.size();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** All entries as they are now; read-only. */
    public SortedMap<K, V> asMap() {
        return Collections.unmodifiableSortedMap(entries);
    }

    /** Puts a value; returns the one before it, or null. */
    public V put(K key, V value) {
        Check.argument(value != null, "a value is not null");
        keepForView(key);
        return entries.put(key, value);
    }

    /** Removes a key; returns its value, or null. */
    public V remove(K key) {
        keepForView(key);
        return entries.remove(key);
    }

    private void keepForView(K key) {
        if (view != null && view.isAhead(key)) {
            view.kept.putIfAbsent(key, new Kept<>(entries.get(key)));
        }
    }

    /** The map as it is now, to be read while it changes. */
    public View<K, V> view() {
        Check.that(view == null, "I2: one view is open at a time");
        view = new View<>(this);
        return view;
    }

    /** A value before its first change; null if there was none. */
    private record Kept<V>(V value) {}

    /**
     * The entries of one moment, in the order of their keys.
     *
     * @param <K> the keys
     * @param <V> the values
     */
    public static final class View<K extends Comparable<? super K>, V> {
        private final SnapshotMap<K, V> map;
        private final TreeMap<K, Kept<V>> kept = new TreeMap<>();
        private K passed;

        private View(SnapshotMap<K, V> map) {
            this.map = map;
        }

        private boolean isAhead(K key) {
            return passed == null || key.compareTo(passed) > 0;
        }

        /** The next entry; null at the end. */
        public Map.Entry<K, V> next() {
            Check.that(map.view == this, "a view is read while it is open");
            while (true) {
                Map.Entry<K, V> live = passed == null ? map.entries.firstEntry() : map.entries.higherEntry(passed);
                Map.Entry<K, Kept<V>> before = kept.firstEntry();
                if (before == null || live != null && live.getKey().compareTo(before.getKey()) < 0) {
                    passed = live == null ? passed : live.getKey();
                    return live;
                }
                passed = before.getKey();
                kept.pollFirstEntry();
                if (before.getValue().value != null) {
                    return Map.entry(before.getKey(), before.getValue().value);
                }
            }
        }

        /** How many entries are kept for this view. */
        public int keptCount() {
            return kept.size();
        }

        public void close() {
            Check.that(map.view == this, "a view is closed once");
            map.view = null;
            kept.clear();
        }
    }
}
