package io.orrery.gossip.swim;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;

/**
 * When the next digest goes: steadily, or soon, for a while, where something was lost. For the node's thread.
 *
 * <ul>
 *   <li>S1: without a reason for haste one goes each {@code digestNanos}.
 *   <li>S2: a reason has the next {@value #BURST} go in a sixteenth of that time each, to one peer after the other.
 *   <li>S3: hasty ones are paid with tokens, of which there are {@value #TOKENS_MAX} at most and {@value #TOKENS_A_ROUND} more
 *       come each {@code digestNanos}. So where reasons never end, as on a link that keeps breaking, there are some five
 *       times as many digests as without, and never six.
 *   <li>S4: after haste the first steady one goes at a random time: nodes that made haste together do not stay in step.
 * </ul>
 */
public final class Haste {
    private static final int TOKENS_MAX = 32;
    private static final int TOKENS_A_ROUND = 4;
    private static final int BURST = 8;
    private static final int FRACTION = 16;

    private final long steadyNanos;
    private final Prng prng;
    private int wanted;
    private int tokens = TOKENS_MAX;
    private long paidNanos;
    private boolean isHasty;

    /** @param steadyNanos between digests where nothing was lost; {@code digestNanos} */
    public Haste(long steadyNanos, Prng prng) {
        this.steadyNanos = steadyNanos;
        this.prng = prng;
    }

    /** S2: something was lost. */
    public void want() {
        wanted = BURST;
    }

    /** S3: nanoseconds until the next digest goes, which is asked once for each. */
    public long nextNanos(long nowNanos) {
        long rounds = (nowNanos - paidNanos) / steadyNanos;
        tokens = (int) Math.min(TOKENS_MAX, tokens + rounds * TOKENS_A_ROUND);
        paidNanos += rounds * steadyNanos;
        boolean wasHasty = isHasty;
        isHasty = wanted > 0 && tokens > 0;
        if (!isHasty) {
            return wasHasty ? prng.below(steadyNanos) + 1 : steadyNanos;
        }
        wanted--;
        tokens--;
        Check.that(tokens >= 0, "S3: hasty digests are paid", tokens);
        return quickNanos();
    }

    /** Whether the next digest is a hasty one. */
    public boolean isHasty() {
        return isHasty;
    }

    public long quickNanos() {
        return Math.max(1, steadyNanos / FRACTION);
    }
}
