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

    /** The upper half of those that are made of a name. */
    private static final long OF_A_NAME = 0x6F662D612D6E616DL;

    /** On the wire and on disk. */
    public static final int BYTES = 16;

    private static final int DIGITS = 16;

    /** Draws one that nobody else has: the chance of two equal ones is 1 in 2^128 for each pair. */
    public static ClusterId draw(Prng prng) {
        ClusterId drawn = new ClusterId(prng.nextLong(), prng.nextLong());
        return drawn.isNone() || drawn.isOfName() ? new ClusterId(drawn.high ^ 1, drawn.low | 1) : drawn;
    }

    /**
     * The id of a cluster that formed before clusters had ids, the same on each of its nodes. It keeps such clusters apart by
     * their names alone, as they were.
     */
    public static ClusterId ofName(String cluster) {
        long hash = OF_A_NAME;
        for (int i = 0; i < cluster.length(); i++) {
            hash = Prng.mix(hash * 31 + cluster.charAt(i));
        }
        return new ClusterId(OF_A_NAME, hash);
    }

    /** Whether it was made of a name: then nodes of releases without ids may be of the cluster. */
    public boolean isOfName() {
        return high == OF_A_NAME;
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
