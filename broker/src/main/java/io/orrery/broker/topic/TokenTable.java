package io.orrery.broker.topic;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import java.util.Arrays;

/** The distinct level texts of a trie, each stored once, counted by its uses, and named by an int. */
final class TokenTable {
    private final HashSlots slots = new HashSlots();
    private final IntSlots ids = new IntSlots();
    private char[][] texts = new char[16][];
    private long[] hashes = new long[16];
    private int[] uses = new int[16];

    /** The token of a level, with one use more. */
    int acquire(LevelScan scan, int level) {
        long hash = scan.hash(level);
        int shortHash = shortHash(hash);
        long raw;
        for (int slot = slots.home(shortHash); (raw = slots.raw(slot)) != 0; slot = slots.next(slot)) {
            int token = HashSlots.value(raw);
            if (HashSlots.hash(raw) == shortHash && hashes[token] == hash && scan.is(level, texts[token])) {
                uses[token]++;
                return token;
            }
        }
        int token = ids.take();
        if (token >= texts.length) {
            texts = Arrays.copyOf(texts, token * 2);
            hashes = Arrays.copyOf(hashes, token * 2);
            uses = Arrays.copyOf(uses, token * 2);
        }
        texts[token] = scan.level(level).toCharArray();
        hashes[token] = hash;
        uses[token] = 1;
        slots.insert(shortHash, token);
        return token;
    }

    /** Takes one use back; the last one forgets the token. */
    void release(int token) {
        Check.that(uses[token] > 0, "a token is released once per use", token);
        if (--uses[token] == 0) {
            boolean removed = slots.remove(shortHash(hashes[token]), token);
            Check.that(removed, "a token in use is in the table", token);
            texts[token] = null;
            ids.free(token);
        }
    }

    char[] text(int token) {
        return texts[token];
    }

    long hash(int token) {
        return hashes[token];
    }

    int size() {
        return slots.size();
    }

    private static int shortHash(long hash) {
        return (int) (Prng.mix(hash) >>> 32);
    }
}
