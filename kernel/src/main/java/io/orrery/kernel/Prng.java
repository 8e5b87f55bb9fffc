package io.orrery.kernel;

import java.util.List;

/**
 * A seeded random stream that forks by label.
 *
 * <p>The algorithm is frozen, since seeds in bug reports must keep their meaning: xoshiro256++ 1.0 (Blackman and Vigna,
 * "Scrambled Linear Pseudorandom Number Generators", 2021), its four words filled from the seed by splitmix64. A fork's
 * seed is splitmix64's finalizer over (seed xor FNV-1a 64 of the label's UTF-16 code units): it depends on the parent's
 * seed and the label, never on how many numbers the parent has drawn, so that a draw added in one place shifts nothing
 * elsewhere. {@code PrngTest} pins known answers.
 *
 * <p>For one thread.
 */
public final class Prng {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private final long seed;
    private long s0;
    private long s1;
    private long s2;
    private long s3;

    public Prng(long seed) {
        this.seed = seed;
        long x = seed;
        x += GOLDEN;
        s0 = mix(x);
        x += GOLDEN;
        s1 = mix(x);
        x += GOLDEN;
        s2 = mix(x);
        x += GOLDEN;
        s3 = mix(x);
    }

    /** A stream of its own for {@code label}; the same whenever it is asked for. */
    public Prng fork(String label) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < label.length(); i++) {
            hash = (hash ^ label.charAt(i)) * FNV_PRIME;
        }
        return new Prng(mix(seed ^ hash));
    }

    /** The finalizer of splitmix64: a bijection that scatters neighbouring values. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** Uniform in [0, bound), bound below 2^62, by multiply and shift; a bias of at most bound / 2^63 is accepted. */
    public long below(long bound) {
        Check.argument(bound > 0 && bound < 1L << 62, "a bound is at least 1 and below 2^62");
        return Math.multiplyHigh(nextLong() & Long.MAX_VALUE, bound << 1);
    }

    /** Uniform in [0, bound). */
    public int below(int bound) {
        Check.argument(bound > 0, "a bound is positive");
        return (int) ((nextLong() >>> 33) * bound >>> 31);
    }

    /** Uniform in [low, high]. */
    public long between(long low, long high) {
        return low + below(high - low + 1);
    }

    /** True with a probability of {@code ppm} parts per million. */
    public boolean chance(int ppm) {
        return ppm > 0 && below(1_000_000) < ppm;
    }

    /** Exponentially distributed with the given mean, capped at 20 means; integer arithmetic on every JVM. */
    public long exponential(long mean) {
        double uniform = (nextLong() >>> 11) * 0x1.0p-53;
        long drawn = (long) (-StrictMath.log(1.0 - uniform) * mean);
        return Math.min(drawn, mean * 20);
    }

    /** Fisher-Yates, in place. */
    public void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            swap(list, i, below(i + 1));
        }
    }

    private static <T> void swap(List<T> list, int i, int j) {
        T moved = list.get(i);
        list.set(i, list.get(j));
        list.set(j, moved);
    }
}
