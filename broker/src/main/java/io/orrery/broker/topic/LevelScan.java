package io.orrery.broker.topic;

import io.orrery.kernel.Prng;
import java.util.Arrays;

/**
 * One pass over a topic's text: where its levels lie, a hash of each, and a hash of the whole. Reused, so that scanning
 * allocates nothing.
 *
 * <p>The hashes start from a salt and multiply per character, 64 bits wide; they only lead to candidates, which are then
 * compared by text.
 */
final class LevelScan {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final long salt;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private long[] hashes = new long[16];
    private String text = "";
    private int count;
    private long wholeHash;

    LevelScan(long salt) {
        this.salt = salt;
    }

    void scan(String topic) {
        text = topic;
        count = 0;
        long whole = salt;
        long hash = salt;
        int start = 0;
        int length = topic.length();
        for (int i = 0; i < length; i++) {
            char c = topic.charAt(i);
            if (c == '/') {
                whole = whole * MULTIPLIER + add(start, i, hash);
                start = i + 1;
                hash = salt;
            } else {
                hash = (hash ^ c) * MULTIPLIER;
            }
        }
        wholeHash = Prng.mix(whole * MULTIPLIER + add(start, length, hash));
    }

    private long add(int start, int end, long rawHash) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        long hash = rawHash ^ rawHash >>> 29;
        starts[count] = start;
        ends[count] = end;
        hashes[count++] = hash;
        return hash;
    }

    String text() {
        return text;
    }

    /** How many levels; at least 1. */
    int count() {
        return count;
    }

    long hash(int level) {
        return hashes[level];
    }

    /** Of the whole text, levels and separators. */
    long wholeHash() {
        return wholeHash;
    }

    /** The text of one level, made anew. */
    String level(int level) {
        return text.substring(starts[level], ends[level]);
    }

    /** Whether the level is this one character. */
    boolean is(int level, char c) {
        return ends[level] == starts[level] + 1 && text.charAt(starts[level]) == c;
    }

    /** Whether the level's text is that of {@code token}. */
    boolean is(int level, char[] token) {
        int start = starts[level];
        if (ends[level] - start != token.length) {
            return false;
        }
        for (int i = 0; i < token.length; i++) {
            if (text.charAt(start + i) != token[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the topic is one of the server's own, which no leading wildcard matches (MQTT 4.7.2-1). */
    boolean startsWithDollar() {
        return !text.isEmpty() && text.charAt(0) == '$';
    }
}
