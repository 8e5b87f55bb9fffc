package io.orrery.broker.topic;

import io.orrery.kernel.Prng;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of a level's bytes, or of a whole text's, eight at a time. It only leads to candidates, which are then compared by text; the salt keeps
 * publishers from choosing levels that all lead to the same ones.
 */
final class LevelHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private LevelHash() {}

    static long of(long salt, byte[] text, int from, int to) {
        int at = from;
        int left = to - from;
        long hash = salt ^ left * MULTIPLIER;
        while (left >= Long.BYTES) {
            hash = (hash ^ (long) LONG.get(text, at)) * MULTIPLIER;
            hash ^= hash >>> 32;
            at += Long.BYTES;
            left -= Long.BYTES;
        }
        if (left > 0) {
            hash = (hash ^ tail(text, at, left)) * MULTIPLIER;
        }
        return hash ^ hash >>> 29;
    }

    /** One to seven bytes as a number, another for each content: with four and more, two words that overlap. */
    private static long tail(byte[] text, int at, int left) {
        if (left >= Integer.BYTES) {
            long first = (int) INT.get(text, at) & 0xFFFF_FFFFL;
            long last = (int) INT.get(text, at + left - Integer.BYTES) & 0xFFFF_FFFFL;
            return first | last << 32;
        }
        return text[at] & 0xFF | (text[at + (left >> 1)] & 0xFF) << 8 | (text[at + left - 1] & 0xFF) << 16;
    }

    /** Whether two arrays have the same bytes from two places on: faster for the few bytes of a level than a loop over them. */
    static boolean same(byte[] one, int i, byte[] other, int j, int length) {
        if (length < Integer.BYTES) {
            return length == 0
                    || one[i] == other[j]
                            && one[i + (length >> 1)] == other[j + (length >> 1)]
                            && one[i + length - 1] == other[j + length - 1];
        }
        if (length < Long.BYTES) {
            int last = length - Integer.BYTES;
            return (int) INT.get(one, i) == (int) INT.get(other, j)
                    && (int) INT.get(one, i + last) == (int) INT.get(other, j + last);
        }
        int last = length - Long.BYTES;
        for (int at = 0; at < last; at += Long.BYTES) {
            if ((long) LONG.get(one, i + at) != (long) LONG.get(other, j + at)) {
                return false;
            }
        }
        return (long) LONG.get(one, i + last) == (long) LONG.get(other, j + last);
    }

    /** As a table wants it: all bits depend on all. */
    static int shortened(long hash) {
        return (int) (Prng.mix(hash) >>> 32);
    }

    /** Of a level below a node of the trie. */
    static int edge(int node, long levelHash) {
        long mixed = (levelHash + node * MULTIPLIER) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed >>> 32);
    }
}
