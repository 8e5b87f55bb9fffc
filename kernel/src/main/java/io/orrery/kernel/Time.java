package io.orrery.kernel;

/** Durations in nanoseconds, and how people read them. */
public final class Time {
    private Time() {}

    public static long micros(long micros) {
        return micros * 1_000L;
    }

    public static long millis(long millis) {
        return millis * 1_000_000L;
    }

    public static long seconds(long seconds) {
        return seconds * 1_000_000_000L;
    }

    /** The largest unit that divides the duration: {@code 1500ms}, {@code 200us}, {@code 60s}. */
    public static String text(long nanos) {
        if (nanos == 0) {
            return "0ms";
        }
        if (nanos % 1_000_000_000L == 0) {
            return nanos / 1_000_000_000L + "s";
        }
        if (nanos % 1_000_000L == 0) {
            return nanos / 1_000_000L + "ms";
        }
        return nanos % 1_000L == 0 ? nanos / 1_000L + "us" : nanos + "ns";
    }
}
