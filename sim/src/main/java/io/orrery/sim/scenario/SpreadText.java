package io.orrery.sim.scenario;

import io.orrery.kernel.Time;
import io.orrery.sim.choice.Spread;

/** A spread of durations as a scenario writes it: {@code 200us..3ms}, {@code exp 30ms min 5ms}, {@code tail 200us..800us 1000ppm 100ms}. */
final class SpreadText {
    private SpreadText() {}

    static String of(Spread spread) {
        String bounds = Time.text(spread.lowNanos()) + ".." + Time.text(spread.highNanos());
        return switch (spread.shape()) {
            case UNIFORM -> bounds;
            case EXPONENTIAL ->
                "exp " + Time.text(spread.highNanos())
                        + (spread.lowNanos() == 0 ? "" : " min " + Time.text(spread.lowNanos()));
            case TAIL -> "tail " + bounds + " " + spread.tailPpm() + "ppm " + Time.text(spread.tailNanos());
        };
    }

    /** The same; a spread of one duration is written as that duration. */
    static String orConstant(Spread spread) {
        boolean constant = spread.shape() == Spread.Shape.UNIFORM && spread.lowNanos() == spread.highNanos();
        return constant ? Time.text(spread.lowNanos()) : of(spread);
    }

    /** As {@link #parse}; a duration alone is a spread too. */
    static Spread parseOrConstant(Words words, String what) {
        String next = words.peek();
        if (next.equals("exp") || next.equals("tail") || next.contains("..")) {
            return parse(words, what);
        }
        long nanos = words.duration(what, Spread.NANOS_MAX);
        return Spread.uniform(nanos, nanos);
    }

    /** Takes a spread; {@code what} names it in errors. */
    static Spread parse(Words words, String what) {
        if (words.take("exp")) {
            long mean = words.duration("a mean", Spread.NANOS_MAX);
            long floor = words.take("min") ? words.duration("a floor", Spread.NANOS_MAX) : 0;
            if (floor > mean) {
                throw words.error("expected a floor that is not above the mean of " + Time.text(mean) + ", found '"
                        + Time.text(floor) + "'");
            }
            return Spread.exponential(mean, floor);
        }
        boolean tailed = words.take("tail");
        long[] bounds = words.durations(what, Spread.NANOS_MAX);
        if (!tailed) {
            return Spread.uniform(bounds[0], bounds[1]);
        }
        int ppm = words.ppm("a probability", 0, 1_000_000);
        long longest = words.duration("a longest", Spread.NANOS_MAX);
        if (longest < bounds[1]) {
            throw words.error("expected a longest that is not below " + Time.text(bounds[1]) + ", found '"
                    + Time.text(longest) + "'");
        }
        return Spread.tail(bounds[0], bounds[1], ppm, longest);
    }
}
