package io.orrery.gossip.swim;

/**
 * How much this node should doubt itself (Lifeguard, section IV.A): a node that is starved of CPU sees everyone else fail.
 * The score rises when its probes fail and when it has to refute, falls when its probes succeed, and stretches its probe
 * interval.
 */
public final class LocalHealth {
    private final int max;
    private int score;

    /**
     * @param max the largest factor; the score stays below it
     */
    public LocalHealth(int max) {
        this.max = max;
    }

    /** Adds to the score, which stays between 0 (healthy) and max - 1. */
    public void add(int delta) {
        score = Math.max(0, Math.min(max - 1, score + delta));
    }

    /** Whether it cannot rise. */
    public boolean isAtWorst() {
        return score == max - 1;
    }

    public int score() {
        return score;
    }

    /** The interval that this node keeps in its present state. */
    public long stretch(long nanos) {
        return nanos * (score + 1);
    }
}
