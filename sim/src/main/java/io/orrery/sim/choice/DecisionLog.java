package io.orrery.sim.choice;

import io.orrery.kernel.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * All choices of one run, in the order they were made: what a run is, without its seed. Each belongs to a track, one for
 * each stream, and says below which bound it was.
 *
 * <ul>
 *   <li>I1: tracks are numbered in the order of their first choices.
 *   <li>I2: a value lies below its bound.
 * </ul>
 *
 * <p>For one thread.
 */
public final class DecisionLog {
    /** The most choices that a log holds; a run that makes more cannot be recorded. */
    public static final int DECISIONS_MAX = 1 << 26;

    private final List<String> labels = new ArrayList<>();
    private final LinkedHashMap<String, Integer> tracksByLabel = new LinkedHashMap<>();
    private int[] tracks = new int[1024];
    private long[] bounds = new long[1024];
    private long[] values = new long[1024];
    private int size;
    private long seed;

    /** How many choices. */
    public int size() {
        return size;
    }

    /** The seed that the streams drew from; where they did not decide themselves, no choice depends on it. */
    long seed() {
        return seed;
    }

    void seed(long drawnFrom) {
        seed = drawnFrom;
    }

    /** The names of the streams, by track. */
    public List<String> labels() {
        return Collections.unmodifiableList(labels);
    }

    public int track(int index) {
        return tracks[at(index)];
    }

    public long bound(int index) {
        return bounds[at(index)];
    }

    public long value(int index) {
        return values[at(index)];
    }

    private int at(int index) {
        Check.argument(index >= 0 && index < size, "a choice is asked for by its number in the log");
        return index;
    }

    /** The track of that label, made if need be. */
    int trackOf(String label) {
        Integer known = tracksByLabel.get(label);
        if (known != null) {
            return known;
        }
        labels.add(label);
        tracksByLabel.put(label, labels.size() - 1);
        return labels.size() - 1;
    }

    /** The track of that label, or -1. */
    int findTrack(String label) {
        return tracksByLabel.getOrDefault(label, -1);
    }

    void add(int track, long bound, long value) {
        Check.that(size < DECISIONS_MAX, "a log of decisions has room", size);
        Check.that(value >= 0 && value < bound, "I2: a value lies below its bound", value, bound);
        if (size == tracks.length) {
            tracks = Arrays.copyOf(tracks, size * 2);
            bounds = Arrays.copyOf(bounds, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        tracks[size] = track;
        bounds[size] = bound;
        values[size] = value;
        size++;
    }

    /** The same log but for one value: a mutation. */
    public DecisionLog with(int index, long value) {
        Check.argument(value >= 0 && value < bound(index), "a value lies below its bound");
        DecisionLog copy = new DecisionLog();
        labels.forEach(copy::trackOf);
        copy.tracks = Arrays.copyOf(tracks, tracks.length);
        copy.bounds = Arrays.copyOf(bounds, bounds.length);
        copy.values = Arrays.copyOf(values, values.length);
        copy.size = size;
        copy.seed = seed;
        copy.values[index] = value;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DecisionLog that
                && size == that.size
                && labels.equals(that.labels)
                && Arrays.equals(tracks, 0, size, that.tracks, 0, size)
                && Arrays.equals(bounds, 0, size, that.bounds, 0, size)
                && Arrays.equals(values, 0, size, that.values, 0, size);
    }

    @Override
    public int hashCode() {
        return 31 * size + labels.hashCode();
    }

    @Override
    public String toString() {
        return size + " decisions on " + labels.size() + " tracks";
    }
}
