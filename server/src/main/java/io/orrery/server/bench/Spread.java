package io.orrery.server.bench;

import java.util.Arrays;

/** The minimum, median and maximum of a few rounds: a figure without its spread is not one. */
public record Spread(double min, double median, double max) {
    public static Spread of(double... rounds) {
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
