package io.orrery.raft.forward;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * How long and how often a forwarder tries.
 *
 * @param group the Raft group's id: the forwarder's channel bears it
 * @param timeoutNanos a proposal without an answer ends after this time: as UNKNOWN if it was sent to a leader, as
 *     NOT_LEADER if no leader was found
 * @param retryNanos between two attempts to find a leader
 * @param pendingMax proposals waiting for an answer at one time; beyond it, OVERLOADED
 */
public record ForwarderConfig(long group, long timeoutNanos, long retryNanos, int pendingMax) {
    public ForwarderConfig {
        Check.argument(timeoutNanos > 0, "a timeout is positive");
        Check.argument(retryNanos > 0, "a retry interval is positive");
        Check.argument(pendingMax > 0, "at least one proposal is pending");
    }

    public static ForwarderConfig of(long group) {
        return new ForwarderConfig(group, Time.seconds(5), Time.millis(50), 65_536);
    }
}
