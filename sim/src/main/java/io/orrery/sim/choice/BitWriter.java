package io.orrery.sim.choice;

import io.orrery.kernel.codec.Encoder;

/** Writes numbers of so many bits one behind the other, high bits first. For one thread. */
final class BitWriter {
    private final Encoder out;
    private int gathered;
    private int count;

    BitWriter(Encoder out) {
        this.out = out;
    }

    void bit(boolean set) {
        gathered = gathered << 1 | (set ? 1 : 0);
        if (++count == Byte.SIZE) {
            out.writeByte(gathered);
            gathered = 0;
            count = 0;
        }
    }

    /** The lowest {@code width} bits of a value. */
    void bits(long value, int width) {
        for (int at = width - 1; at >= 0; at--) {
            bit((value >>> at & 1) != 0);
        }
    }

    /** Fills the last byte. */
    void end() {
        while (count > 0) {
            bit(false);
        }
    }
}
