package io.orrery.server.bench.gossip;

import io.orrery.kernel.Check;
import java.util.Arrays;

/** Measurements of one thing, and what they say of it. */
final class Sample {
    private double[] values = new double[64];
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    double mean() {
        Check.that(size > 0, "an empty sample has no mean");
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += values[i];
        }
        return sum / size;
    }

    /** The standard error of the mean: how far it is off by chance, typically. */
    double sigma() {
        double mean = mean();
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += (values[i] - mean) * (values[i] - mean);
        }
        return size < 2 ? 0 : Math.sqrt(sum / (size - 1) / size);
    }

    /** The smallest value that {@code percent} of all do not exceed. */
    double percentile(double percent) {
        Check.that(size > 0, "an empty sample has no percentiles");
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * size);
        return sorted[Math.max(0, Math.min(size, rank) - 1)];
    }
}
