package io.orrery.sim.choice;

import io.orrery.kernel.codec.DecodeException;

/** Reads what a {@link BitWriter} wrote. For one thread. */
final class BitReader {
    private final byte[] bytes;
    private final int end;
    private long next;

    /**
     * @param start the first byte
     * @param end behind the last byte
     */
    BitReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.end = end;
        this.next = (long) start * Byte.SIZE;
    }

    boolean bit() {
        if (position() >= end) {
            throw new DecodeException("expected more decisions, found the end");
        }
        boolean set = (bytes[position()] >>> 7 - (int) (next & 7) & 1) != 0;
        next++;
        return set;
    }

    /** A number of so many bits, at most 63. */
    long bits(int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 1 | (bit() ? 1 : 0);
        }
        return value;
    }

    /** The byte that the next bit is in. */
    int position() {
        return (int) (next >>> 3);
    }

    /** Checks that nothing but the filling of the last byte is left. */
    void expectEnd() {
        while ((next & 7) != 0) {
            if (bit()) {
                throw new DecodeException("expected zeros behind the last decision");
            }
        }
        if (position() != end) {
            throw new DecodeException("expected the end behind the last decision");
        }
    }
}
