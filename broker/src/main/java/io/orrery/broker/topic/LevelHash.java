package io.orrery.broker.topic;

import io.orrery.kernel.Prng;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of one level's bytes, eight at a time. It only leads to candidates, which are then compared by text; the salt keeps
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

    /** Of a text, out of the hash of the levels before and that of the level which follows. */
    static long join(long before, long level) {
        return before * MULTIPLIER + level;
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
