package io.orrery.gossip;

import io.orrery.kernel.Check;

/**
 * One life of a member, and how often it had to insist on it. Ordered by generation, then by refutations.
 *
 * <p>Only the member itself ever makes a new incarnation. It raises the generation at each boot, durably, before its
 * first packet; so a dead incarnation never masks its successor, and whatever is keyed by a generation (rows of the
 * owner log) belongs to one boot. It raises the refutations to refute an accusation and to change its metadata: this is
 * the incarnation number of the SWIM paper.
 *
 * @param generation of the boot: 0 before it is known, else the largest of (persisted + 1, wall microseconds, above
 *     what peers claim of us); at most {@link #GENERATION_MAX}
 * @param refutations within the boot, from 0
 */
public record Incarnation(long generation, int refutations) implements Comparable<Incarnation> {
    /** Before a node has read its disk. */
    public static final Incarnation NONE = new Incarnation(0, 0);

    /** Leaves room above any clock's reading, so that a peer's nonsense cannot drive the number out of range. */
    public static final long GENERATION_MAX = 1L << 53;

    public Incarnation {
        Check.argument(generation >= 0 && generation <= GENERATION_MAX, "a generation is between 0 and 2^53");
        Check.argument(refutations >= 0, "refutations are not negative");
    }

    public boolean isAfter(Incarnation other) {
        return compareTo(other) > 0;
    }

    /** The next one within the same boot. */
    public Incarnation refuted() {
        return new Incarnation(generation, refutations + 1);
    }

    @Override
    public int compareTo(Incarnation other) {
        int byGeneration = Long.compare(generation, other.generation);
        return byGeneration != 0 ? byGeneration : Integer.compare(refutations, other.refutations);
    }

    @Override
    public String toString() {
        return generation + "." + refutations;
    }
}
