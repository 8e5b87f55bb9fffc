package io.orrery.gossip.config;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * Push/pull of the full state over streams, and how seeds are contacted. This is what makes convergence certain; rumours
 * only make it fast.
 *
 * @param intervalNanos between two syncs of a node, each with a random member; default 30 s, stretched above 32 members by
 *     ceil(log2 N - 5) + 1. The time within which a rumour that missed a member is repaired
 * @param joinRetryNanos first wait before an unanswered seed is asked again; default 1 s, doubled each time
 * @param joinRetryMaxNanos the longest such wait; default 60 s. Seeds that are no member are asked for ever
 * @param answersMax full states that a node sends within 100 ms in answer to others; default 64. Further askers wait. More, and
 *     a seed of a large cluster that starts at once is buried under copies of its own state
 */
public record SyncConfig(long intervalNanos, long joinRetryNanos, long joinRetryMaxNanos, int answersMax) {
    private static final int ANSWERS_MAX = 64;

    public SyncConfig {
        Check.argument(intervalNanos > 0, "the sync interval is positive");
        Check.argument(joinRetryNanos > 0, "the join retry interval is positive");
        Check.argument(joinRetryMaxNanos >= joinRetryNanos, "the longest join retry is not the shortest");
        Check.argument(answersMax >= 1, "at least one answer at a time");
    }

    /** With so many answers at a time as is usual. */
    public SyncConfig(long intervalNanos, long joinRetryNanos, long joinRetryMaxNanos) {
        this(intervalNanos, joinRetryNanos, joinRetryMaxNanos, ANSWERS_MAX);
    }

    public static SyncConfig lan() {
        return new SyncConfig(Time.seconds(30), Time.seconds(1), Time.seconds(60));
    }

    public static SyncConfig fast() {
        return new SyncConfig(Time.seconds(5), Time.millis(200), Time.seconds(5));
    }
}
