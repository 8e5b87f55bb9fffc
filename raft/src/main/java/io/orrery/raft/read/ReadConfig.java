package io.orrery.raft.read;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * How a replica reads beside the log.
 *
 * @param waitingMax reads that wait at one time, those asked for by followers among them; beyond it, OVERLOADED
 * @param timeoutNanos a read that has waited for so long ends as TIMED_OUT, or as NOT_LEADER if no leader is known
 * @param leases whether a leader answers {@link ReadKind#LEASE} reads by its lease, and a voter that starts votes for nobody
 *     for an election timeout, since it may have promised that before. Off by default. The same on all replicas of a group,
 *     and changed only when all of them are stopped: a voter that does not wait breaks the lease of a leader that has one.
 * @param driftPpmMax how far, in parts per million, any replica's monotonic clock runs fast or slow of true time. If one
 *     drifts further, a lease read may be stale. {@link Lease} has the argument.
 */
public record ReadConfig(int waitingMax, long timeoutNanos, boolean leases, int driftPpmMax) {
    /** Without leases. */
    public static final ReadConfig DEFAULT = new ReadConfig(65_536, Time.seconds(5), false, 0);

    private static final int DRIFT_PPM_MAX = 500_000;

    public ReadConfig {
        Check.argument(waitingMax > 0, "at least one read waits");
        Check.argument(timeoutNanos > 0, "a timeout is positive");
        Check.argument(driftPpmMax >= 0 && driftPpmMax <= DRIFT_PPM_MAX, "a drift is from 0 to 500000 ppm");
    }

    /** The same, with leases. */
    public ReadConfig withLeases(int driftPpm) {
        return new ReadConfig(waitingMax, timeoutNanos, true, driftPpm);
    }
}
