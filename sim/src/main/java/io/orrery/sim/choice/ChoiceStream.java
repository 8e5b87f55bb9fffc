package io.orrery.sim.choice;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import java.util.List;

/**
 * The choices of one part of the world, in order. Every kind of draw comes down to {@link #next}: one number below a bound.
 *
 * <ul>
 *   <li>I1: each call takes one number from the stream's own generator, whether a tape decides otherwise or not.
 * </ul>
 *
 * <p>For one thread.
 */
public final class ChoiceStream {
    private static final long MILLION = 1_000_000L;
    private static final int NO_TRACK = Integer.MIN_VALUE;

    private final Choices choices;
    private final String label;
    private final Prng prng;
    /** For the tape's own use: which of its tracks this is. */
    private int track = NO_TRACK;
    /** The same of the tape that writes, which may hear what another one decides. */
    private int writtenTrack = NO_TRACK;

    ChoiceStream(Choices choices, String label, Prng prng) {
        this.choices = choices;
        this.label = label;
        this.prng = prng;
    }

    /** Names what draws, such as {@code link n1>n2}. */
    public String label() {
        return label;
    }

    /** A stream of its own for a part of this one's part; the same whenever it is asked for. */
    public ChoiceStream fork(String part) {
        return new ChoiceStream(choices, label + "/" + part, prng.fork(part));
    }

    /**
     * Uniform in [0, bound).
     *
     * @param bound 1 to 2^62 - 1
     */
    public long next(long bound) {
        return choices.choose(this, bound, prng.below(bound));
    }

    /** As {@link #next}. */
    public long below(long bound) {
        return next(bound);
    }

    /** As {@link #next}. */
    public int below(int bound) {
        return (int) next(bound);
    }

    /** Uniform in [low, high]. */
    public long between(long low, long high) {
        return low + next(high - low + 1);
    }

    /** True with a probability of {@code ppm} parts per million; nothing is drawn for what cannot happen. */
    public boolean chance(int ppm) {
        return ppm > 0 && next(MILLION) < ppm;
    }

    /** Exponentially distributed with the given mean, capped at 20 means; integer arithmetic on every JVM. */
    public long exponential(long mean) {
        double uniform = next(1L << 32) * 0x1.0p-32;
        return Math.min((long) (-StrictMath.log(1.0 - uniform) * mean), mean * 20);
    }

    /** Fisher-Yates, in place. */
    public <T> void shuffle(List<T> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            int j = below(i + 1);
            T moved = list.get(i);
            list.set(i, list.get(j));
            list.set(j, moved);
        }
    }

    /** The seed of the run. */
    long seed() {
        return choices.seed();
    }

    boolean hasTrack() {
        return track != NO_TRACK;
    }

    int track() {
        return track;
    }

    void track(int number) {
        Check.that(track == NO_TRACK, "a stream keeps its track", track, number);
        track = number;
    }

    boolean hasWrittenTrack() {
        return writtenTrack != NO_TRACK;
    }

    int writtenTrack() {
        return writtenTrack;
    }

    void writtenTrack(int number) {
        Check.that(writtenTrack == NO_TRACK, "a stream keeps its track", writtenTrack, number);
        writtenTrack = number;
    }

    @Override
    public String toString() {
        return label;
    }
}
