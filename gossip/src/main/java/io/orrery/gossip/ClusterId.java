package io.orrery.gossip;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * Which cluster, where a name may be used twice: 128 bits, drawn once, when the cluster forms. Two that differ never become
 * one.
 *
 * @param high the upper half
 * @param low the lower half; both halves are 0 for {@link #NONE} only
 */
public record ClusterId(long high, long low) implements Comparable<ClusterId> {
    /** Of a node that belongs to no cluster yet, or to one that formed before clusters had ids. */
    public static final ClusterId NONE = new ClusterId(0, 0);

    /** On the wire and on disk. */
    public static final int BYTES = 16;

    private static final int DIGITS = 16;

    /** Draws one that nobody else has: the chance of two equal ones is 1 in 2^128 for each pair. */
    public static ClusterId draw(Prng prng) {
        ClusterId drawn = new ClusterId(prng.nextLong(), prng.nextLong());
        return drawn.isNone() ? new ClusterId(0, 1) : drawn;
    }

    /**
     * Reads what {@link #toString} made.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static ClusterId parse(String text) {
        boolean isHex = text.length() == 2 * DIGITS && text.chars().allMatch(each -> Character.digit(each, 16) >= 0);
        Check.argument(isHex, "a cluster's id has 32 hexadecimal digits");
        return new ClusterId(
                Long.parseUnsignedLong(text.substring(0, DIGITS), 16),
                Long.parseUnsignedLong(text.substring(DIGITS), 16));
    }

    public boolean isNone() {
        return high == 0 && low == 0;
    }

    public void encode(Encoder out) {
        out.writeLong(high);
        out.writeLong(low);
    }

    public static ClusterId decode(Decoder in) {
        return new ClusterId(in.readLong(), in.readLong());
    }

    @Override
    public int compareTo(ClusterId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /** 32 hexadecimal digits, as people copy them. */
    @Override
    public String toString() {
        return hex(high) + hex(low);
    }

    private static String hex(long half) {
        String digits = Long.toHexString(half);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
