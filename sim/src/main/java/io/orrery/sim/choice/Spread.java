package io.orrery.sim.choice;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;

/**
 * How durations are distributed: a pure function from one drawn number to a duration, so that whoever draws takes one number
 * whatever the shape.
 *
 * @param shape what the rest means
 * @param lowNanos the shortest duration
 * @param highNanos uniform and tail: the longest usual one; exponential: the mean
 * @param tailPpm tail: how many are longer than {@code highNanos}, parts per million
 * @param tailNanos tail: the longest of all
 */
public record Spread(Shape shape, long lowNanos, long highNanos, int tailPpm, long tailNanos) {
    /** The longest duration that a spread may name. */
    public static final long NANOS_MAX = Time.seconds(60);

    private static final int MEANS_MAX = 20;
    private static final int LONG_MEANS = 3;
    private static final long TAIL = 0xE7037ED1A0B428DBL;

    /** A family of distributions. */
    public enum Shape {
        /** Anything between the shortest and the longest, equally likely. */
        UNIFORM,
        /** The shortest, and an exponentially distributed time beside it. */
        EXPONENTIAL,
        /** Uniform but for a few, which lie uniformly above: much worse than usual, and seldom. */
        TAIL
    }

    public Spread {
        Check.argument(lowNanos >= 0, "a duration is not negative");
        Check.argument(lowNanos <= highNanos, "the shortest duration is not above the longest");
        Check.argument(highNanos <= NANOS_MAX && tailNanos <= NANOS_MAX, "a duration is at most 60s");
        Check.argument(tailPpm >= 0 && tailPpm <= 1_000_000, "a probability is 0 to 1000000 ppm");
        Check.argument(
                shape == Shape.TAIL ? tailNanos >= highNanos : tailPpm == 0 && tailNanos == 0,
                "only a tail has a tail, and it is above the rest");
    }

    public static Spread uniform(long lowNanos, long highNanos) {
        return new Spread(Shape.UNIFORM, lowNanos, highNanos, 0, 0);
    }

    /** Around a mean, and never under a floor; capped at 20 times the difference above the floor. */
    public static Spread exponential(long meanNanos, long floorNanos) {
        return new Spread(Shape.EXPONENTIAL, floorNanos, meanNanos, 0, 0);
    }

    /** Between two bounds, but for {@code tailPpm} of them, which take up to {@code tailNanos}. */
    public static Spread tail(long lowNanos, long highNanos, int tailPpm, long tailNanos) {
        return new Spread(Shape.TAIL, lowNanos, highNanos, tailPpm, tailNanos);
    }

    /**
     * The duration that a drawn number stands for.
     *
     * @param luck any 64 bits; equal numbers give equal durations
     */
    public long nanos(long luck) {
        return shape == Shape.UNIFORM ? between(lowNanos, highNanos, luck) : rare(luck);
    }

    private long rare(long luck) {
        if (shape == Shape.EXPONENTIAL) {
            long mean = highNanos - lowNanos;
            double uniform = (Prng.mix(luck) >>> 11) * 0x1.0p-53;
            return lowNanos + Math.min((long) (-StrictMath.log(1.0 - uniform) * mean), mean * MEANS_MAX);
        }
        boolean isLong = Math.multiplyHigh(Prng.mix(luck ^ TAIL) & Long.MAX_VALUE, 2_000_000L) < tailPpm;
        return isLong ? between(highNanos, tailNanos, luck) : between(lowNanos, highNanos, luck);
    }

    private static long between(long low, long high, long luck) {
        long span = high - low + 1;
        return low + Math.multiplyHigh(Prng.mix(luck) & Long.MAX_VALUE, span << 1);
    }

    /** Few durations are longer than this. */
    public long longNanos() {
        return shape == Shape.EXPONENTIAL ? lowNanos + (highNanos - lowNanos) * LONG_MEANS : highNanos;
    }
}
