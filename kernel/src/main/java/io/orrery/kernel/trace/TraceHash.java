package io.orrery.kernel.trace;

/**
 * The rolling 64-bit hash of a run: two runs with one hash took the same steps. Not cryptographic.
 *
 * <p>Each step is folded in by a multiply and a rotation, so that order matters. Integer arithmetic only: the same on
 * every JVM.
 */
public final class TraceHash {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;

    private long hash;

    public TraceHash(long seed) {
        hash = seed * PRIME_1 + PRIME_2;
    }

    /** Folds one value in. */
    public void fold(long value) {
        hash = Long.rotateLeft(hash ^ value * PRIME_2, 31) * PRIME_1;
    }

    /** The hash of all that was folded in so far. */
    public long value() {
        long h = hash;
        h ^= h >>> 33;
        h *= PRIME_2;
        h ^= h >>> 29;
        return h;
    }

    @Override
    public String toString() {
        return hex(value());
    }

    /** Sixteen lower-case hexadecimal digits, as people copy them. */
    public static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
