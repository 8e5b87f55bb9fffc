package io.orrery.kernel.seal;

import io.orrery.kernel.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The working keys of one salt: for each key of the ring that is used, and each 2^24 frames, one of its
 * own, by HKDF.
 *
 * <ul>
 *   <li>I1: a working key comes from a key of the ring of the moment: what was removed opens nothing more.
 *   <li>I2: at most {@value #ENTRIES_MAX} are kept; others are derived again.
 * </ul>
 */
final class FlowKeys {
    /** Frames under one working key: 2^24, where AES-GCM allows far more. */
    static final int EPOCH_BITS = 24;

    static final int ENTRIES_MAX = 4;

    private static final byte[] PURPOSE = "orrery seal 1 aes-256-gcm ".getBytes(StandardCharsets.US_ASCII);

    /** One working key. */
    static final class Entry {
        private final SealKey key;
        private final long epoch;
        private final Cipherer.Aead aead;
        private final short clusterTag;
        private final short cookieTag;

        private Entry(SealKey key, long epoch, Cipherer.Aead aead, short clusterTag, short cookieTag) {
            this.key = key;
            this.epoch = epoch;
            this.aead = aead;
            this.clusterTag = clusterTag;
            this.cookieTag = cookieTag;
        }

        int id() {
            return key.id();
        }

        Cipherer.Aead aead() {
            return aead;
        }

        short clusterTag() {
            return clusterTag;
        }

        short cookieTag() {
            return cookieTag;
        }
    }

    private final SealScope scope;
    private final Supplier<KeyRing> rings;
    private final byte[] salt;
    private final byte[] purpose;
    private final Entry[] entries = new Entry[ENTRIES_MAX];
    private KeyRing ring = KeyRing.EMPTY;
    private int next;

    FlowKeys(SealScope scope, Supplier<KeyRing> rings, byte[] salt, Delivery delivery) {
        this.scope = scope;
        this.rings = rings;
        this.salt = salt;
        this.purpose = Arrays.copyOf(PURPOSE, PURPOSE.length + 9);
        purpose[PURPOSE.length] = (byte) delivery.ordinal();
    }

    /** The working key that seals a frame of this number. */
    Entry sealing(long number) {
        KeyRing now = rings.get();
        Entry first = entries[0];
        if (now == ring && first != null && first.epoch == number >>> EPOCH_BITS && first.key == ring.primary()) {
            return first;
        }
        ring = now;
        Entry entry = derive(ring.primary(), number >>> EPOCH_BITS);
        entries[0] = entry;
        return entry;
    }

    /** The working key that opens such a frame; null if the ring has no key of this id. */
    Entry opening(int id, long number) {
        KeyRing now = rings.get();
        if (now != ring) {
            ring = now;
            Arrays.fill(entries, null);
        }
        long epoch = number >>> EPOCH_BITS;
        for (Entry entry : entries) {
            if (entry != null && entry.epoch == epoch && entry.key.id() == id) {
                return entry;
            }
        }
        SealKey key = ring.find(id);
        if (key == null) {
            return null;
        }
        Entry entry = derive(key, epoch);
        entries[next] = entry;
        next = (next + 1) % ENTRIES_MAX;
        return entry;
    }

    private Entry derive(SealKey key, long epoch) {
        Cipherer ciphers = scope.ciphers();
        for (int i = 0; i < 8; i++) {
            purpose[PURPOSE.length + 1 + i] = (byte) (epoch >>> 8 * i);
        }
        byte[] extracted = Hkdf.extract(ciphers, salt, key.material());
        byte[] working = Hkdf.expand(ciphers, extracted, purpose, Cipherer.KEY_BYTES);
        Entry entry = new Entry(key, epoch, ciphers.aead(working), scope.clusterTag(key), scope.cookieTag(key));
        Arrays.fill(working, (byte) 0);
        return entry;
    }
}
