package io.orrery.raft.progress;

import io.orrery.kernel.Check;

/**
 * Whether a learner has caught up, found in rounds (dissertation, section 4.2.1): a round brings what the log held when it
 * began. When one takes no longer than an election timeout and leaves a small lag, the group can do with the learner's vote.
 *
 * <ul>
 *   <li>I1: rounds end at rising indexes.
 * </ul>
 */
public final class CatchUp {
    private final long roundNanosMax;
    private final long lagMax;
    private long end;
    private long beganNanos;
    private long lastRoundNanos;
    private int rounds;

    /**
     * @param roundNanosMax how long the last round may take
     * @param lagMax entries that may be lacking after it
     * @param lastIndex of the leader's log: the end of the first round
     */
    public CatchUp(long roundNanosMax, long lagMax, long lastIndex, long nowNanos) {
        this.roundNanosMax = roundNanosMax;
        this.lagMax = lagMax;
        this.end = lastIndex;
        this.beganNanos = nowNanos;
    }

    /**
     * The learner has the log up to {@code match} on stable storage; begins the next round where one is over.
     *
     * @param lastIndex of the leader's log
     * @return whether the learner has caught up, by the round that is now over
     */
    public boolean maybeCaughtUp(long match, long lastIndex, long nowNanos) {
        Check.that(match <= lastIndex, "a learner has no more than its leader", match, lastIndex);
        if (match < end) {
            return false;
        }
        rounds++;
        lastRoundNanos = nowNanos - beganNanos;
        Check.that(lastIndex >= end, "I1: rounds end at rising indexes", lastIndex, end);
        end = lastIndex;
        beganNanos = nowNanos;
        return lastRoundNanos <= roundNanosMax && lastIndex - match <= lagMax;
    }

    /** Rounds that are over. */
    public int rounds() {
        return rounds;
    }

    /** How long the last one took; 0 before the first is over. */
    public long lastRoundNanos() {
        return lastRoundNanos;
    }
}
