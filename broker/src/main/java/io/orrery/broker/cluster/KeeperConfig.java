package io.orrery.broker.cluster;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * How patient a keeper is.
 *
 * @param retryNanos between two attempts to join, to register, or to have a node removed; default 500 ms. A learner is
 *     promoted at most this long after it caught up
 * @param timeoutNanos after which a removal that nobody confirmed counts as failed; default 10 s
 * @param removalsMax removals that wait at one time; default 64
 */
public record KeeperConfig(long retryNanos, long timeoutNanos, int removalsMax) {
    public static final KeeperConfig DEFAULT = new KeeperConfig(Time.millis(500), Time.seconds(10), 64);

    public KeeperConfig {
        Check.argument(retryNanos > 0, "retryNanos is positive");
        Check.argument(timeoutNanos >= retryNanos, "timeoutNanos allows one attempt");
        Check.argument(removalsMax > 0, "removalsMax is positive");
    }
}
