package io.orrery.gossip;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Utf8;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Small facts about a member, in its own words: pairs of texts, sorted by key. Immutable, and shared by all that is known of
 * the member; every claim about it carries them, so they are kept as they are written.
 */
public final class Metadata {
    public static final Metadata NONE = new Metadata(new String[0]);

    /** Key, value, key, value. */
    private final String[] pairs;

    private final int bytes;

    private Metadata(String[] pairs) {
        this.pairs = pairs;
        int sum = 0;
        for (String text : pairs) {
            sum += Utf8.length(text) + 2;
        }
        bytes = sum;
    }

    public static Metadata of(SortedMap<String, String> map) {
        String[] pairs = new String[2 * map.size()];
        int at = 0;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            pairs[at++] = entry.getKey();
            pairs[at++] = entry.getValue();
        }
        return ofPairs(pairs);
    }

    /**
     * Key, value, key, value; the caller gives the array up.
     *
     * @throws IllegalArgumentException if the keys do not rise
     */
    public static Metadata ofPairs(String[] pairs) {
        Check.argument(pairs.length % 2 == 0, "each key has a value");
        for (int i = 2; i < pairs.length; i += 2) {
            Check.argument(pairs[i - 2].compareTo(pairs[i]) < 0, "metadata is sorted by key");
        }
        return pairs.length == 0 ? NONE : new Metadata(pairs);
    }

    /** Pairs. */
    public int size() {
        return pairs.length / 2;
    }

    public String key(int index) {
        return pairs[2 * index];
    }

    public String value(int index) {
        return pairs[2 * index + 1];
    }

    /** The value of a key, or {@code other} if there is none. */
    public String valueOr(String key, String other) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(key)) {
                return pairs[i + 1];
            }
        }
        return other;
    }

    /** Bytes of keys and values, and four more for each pair. */
    public int bytes() {
        return bytes;
    }

    /** A read-only copy. */
    public SortedMap<String, String> asMap() {
        TreeMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return Collections.unmodifiableSortedMap(map);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Metadata that && Arrays.equals(pairs, that.pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
