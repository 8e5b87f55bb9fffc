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
 * @param healWaitNanos after a split, for so long nothing new must be heard of it before the minority is restarted; 0, the
 *     default, to restart nobody. The same on all nodes
 * @param cleanNanos after which the leader forgets a node that does not run: in the cluster's state, and as a member of the
 *     group, as long as a majority of the other voters runs; 0, the default, for never
 */
public record KeeperConfig(long retryNanos, long timeoutNanos, int removalsMax, long healWaitNanos, long cleanNanos) {
    public static final KeeperConfig DEFAULT = new KeeperConfig(Time.millis(500), Time.seconds(10), 64, 0, 0);

    public KeeperConfig {
        Check.argument(retryNanos > 0, "retryNanos is positive");
        Check.argument(timeoutNanos >= retryNanos, "timeoutNanos allows one attempt");
        Check.argument(removalsMax > 0, "removalsMax is positive");
        Check.argument(healWaitNanos >= 0 && cleanNanos >= 0, "times are not negative");
    }

    public KeeperConfig(long retryNanos, long timeoutNanos, int removalsMax) {
        this(retryNanos, timeoutNanos, removalsMax, 0, 0);
    }

    /** The same that restarts the minority after a split. */
    public KeeperConfig healing(long newHealWaitNanos) {
        return new KeeperConfig(retryNanos, timeoutNanos, removalsMax, newHealWaitNanos, cleanNanos);
    }

    /** The same that forgets nodes. */
    public KeeperConfig cleaning(long newCleanNanos) {
        return new KeeperConfig(retryNanos, timeoutNanos, removalsMax, healWaitNanos, newCleanNanos);
    }
}
