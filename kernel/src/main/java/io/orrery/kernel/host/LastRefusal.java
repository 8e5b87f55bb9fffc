package io.orrery.kernel.host;

import java.util.function.LongSupplier;

/**
 * The last time that this node and another refused each other, for operators. It is kept when they get on again, so it says how
 * long ago it was. For any thread.
 */
public final class LastRefusal {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private record Noted(String words, long atNanos) {}

    private final LongSupplier clock;
    private volatile Noted last;

    public LastRefusal() {
        this(System::nanoTime);
    }

    /**
     * @param clock monotonic, in nanoseconds
     */
    public LastRefusal(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * @param words whom, why, and what to do
     */
    public void note(String words) {
        last = new Noted(words, clock.getAsLong());
    }

    /** The words and their age; empty if nobody was refused. */
    public String text() {
        Noted noted = last;
        if (noted == null) {
            return "";
        }
        long seconds = (clock.getAsLong() - noted.atNanos) / SECOND_NANOS;
        String age = seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
        return noted.words + " (" + age + " ago)";
    }
}
