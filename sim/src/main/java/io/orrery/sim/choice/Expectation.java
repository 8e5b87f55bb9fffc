package io.orrery.sim.choice;

import io.orrery.kernel.Prng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What writer and reader of a log expect next, from what came before: the track that followed the last one the last time,
 * the bound that this track had last, and the number that the log's seed draws there. What comes as expected takes few
 * bits; nothing depends on its being right.
 *
 * <ul>
 *   <li>I1: both sides tell it the same, so both expect the same.
 * </ul>
 *
 * <p>For one thread.
 */
final class Expectation {
    private final long seed;
    private final List<Prng> generators = new ArrayList<>();
    private long[] bounds = new long[16];
    /** By the track before it and one; 0 stands for the beginning. */
    private int[] followers = new int[17];

    private int last;

    Expectation(long seed) {
        this.seed = seed;
    }

    /** How many tracks there were so far; the next new one has this number. */
    int tracks() {
        return generators.size();
    }

    /** Bits that name one of the tracks so far, or a new one. */
    int trackBits() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(tracks());
    }

    /** The track that is expected next. */
    int track() {
        return followers[last];
    }

    /** The bound that is expected on a track; 0 on a new one. */
    long bound(int track) {
        return bounds[track];
    }

    /** A track begins: its generator is forked as its stream's is, by the parts of its label. */
    void onTrack(String label) {
        if (tracks() == bounds.length) {
            bounds = Arrays.copyOf(bounds, tracks() * 2);
            followers = Arrays.copyOf(followers, tracks() * 2 + 1);
        }
        Prng generator = new Prng(seed);
        int from = 0;
        for (int slash = label.indexOf('/'); slash >= 0; slash = label.indexOf('/', from)) {
            generator = generator.fork(label.substring(from, slash));
            from = slash + 1;
        }
        generators.add(generator.fork(label.substring(from)));
    }

    /** The next decision is on that track and below that bound: the value that is expected. */
    long onDecision(int track, long bound) {
        followers[last] = track;
        last = track + 1;
        bounds[track] = bound;
        return generators.get(track).below(bound);
    }
}
