package io.orrery.gossip.owner;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;

/**
 * The hash of one row; the hash of a set is the xor of its rows' hashes, so that it is kept up to date by one xor a change.
 * FNV-1a of the bytes, scattered. Part of the wire format. Not against malice: a peer that wants to lie about its own rows
 * needs no collision for it.
 */
public final class RowHash {
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private RowHash() {}

    public static long of(Bytes row) {
        byte[] array = row.array();
        int end = row.offset() + row.length();
        long hash = FNV_OFFSET;
        for (int i = row.offset(); i < end; i++) {
            hash = (hash ^ array[i] & 0xFF) * FNV_PRIME;
        }
        return Prng.mix(hash);
    }

    /** The order in which rows go into a snapshot: by hash, and by their bytes where hashes are equal. */
    public static int compare(Bytes one, Bytes other) {
        int order = Long.compareUnsigned(of(one), of(other));
        return order != 0 ? order : one.compareTo(other);
    }
}
