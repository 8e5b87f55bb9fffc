package io.orrery.gossip.config;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * The failure detector (SWIM, section 3.1; Lifeguard, section IV.A). Each of Lifeguard's mechanisms can be switched off by
 * itself, which is for measuring what it is worth.
 *
 * @param intervalNanos the protocol period, one probe each; default 1 s. All nodes should agree: expected detection is
 *     1.58 periods whatever the size of the cluster. Shorter detects sooner and costs each node 2 packets a period
 * @param timeoutNanos until a direct probe counts as unanswered and others are asked; default 500 ms. Must leave time for
 *     the indirect probe within the period; below the network's 99.9th percentile round trip it only adds load
 * @param indirectProbes how many members are asked to probe on our behalf, k in the paper; default 3. At 0 one lossy link
 *     is enough for a suspicion
 * @param streamFallback whether a late probe is also tried as a stream message; default true. Without it, loss of datagrams
 *     alone (a firewall without UDP, say) kills members
 * @param localHealthMax how far the period stretches while our own probes fail, as a factor; default 8. 1 disables it, and
 *     a starved node then accuses the healthy
 * @param nacks whether a member that was asked to probe says so when it gets no answer, so that we can tell a silent target
 *     from a silent world; default true. Without it each failed probe costs local health the same
 * @param buddy whether a suspect learns from the very ping that it is one; default true. Without it the accusation reaches it
 *     by rumour, and its refutation comes later by as much
 * @param pauses whether a node notices, by a timer that fires late, that it stood still itself, and then accuses nobody of
 *     what it may have slept through; default true. Lifeguard has no such thing
 */
public record ProbeConfig(
        long intervalNanos,
        long timeoutNanos,
        int indirectProbes,
        boolean streamFallback,
        int localHealthMax,
        boolean nacks,
        boolean buddy,
        boolean pauses) {
    public ProbeConfig {
        Check.argument(timeoutNanos > 0, "a probe's timeout is positive");
        Check.argument(timeoutNanos < intervalNanos, "a probe's timeout is below the probe interval");
        Check.argument(indirectProbes >= 0 && indirectProbes <= 16, "between 0 and 16 indirect probes");
        Check.argument(localHealthMax >= 1 && localHealthMax <= 64, "local health stretches by 1 to 64");
    }

    public static ProbeConfig lan() {
        return new ProbeConfig(Time.seconds(1), Time.millis(500), 3, true, 8, true, true, true);
    }

    public static ProbeConfig fast() {
        return lan().withPeriod(Time.millis(200), Time.millis(100));
    }

    /** SWIM as the paper has it, at the period of {@link #lan}: nothing of Lifeguard, no stream. The baseline of benchmarks. */
    public static ProbeConfig plainSwim() {
        return new ProbeConfig(Time.seconds(1), Time.millis(500), 3, false, 1, false, false, false);
    }

    public ProbeConfig withPeriod(long interval, long timeout) {
        return new ProbeConfig(interval, timeout, indirectProbes, streamFallback, localHealthMax, nacks, buddy, pauses);
    }

    public ProbeConfig withIndirectProbes(int count) {
        return new ProbeConfig(
                intervalNanos, timeoutNanos, count, streamFallback, localHealthMax, nacks, buddy, pauses);
    }

    public ProbeConfig withStreamFallback(boolean used) {
        return new ProbeConfig(intervalNanos, timeoutNanos, indirectProbes, used, localHealthMax, nacks, buddy, pauses);
    }

    public ProbeConfig withLocalHealthMax(int max) {
        return new ProbeConfig(intervalNanos, timeoutNanos, indirectProbes, streamFallback, max, nacks, buddy, pauses);
    }

    public ProbeConfig withNacks(boolean used) {
        return new ProbeConfig(
                intervalNanos, timeoutNanos, indirectProbes, streamFallback, localHealthMax, used, buddy, pauses);
    }

    public ProbeConfig withBuddy(boolean used) {
        return new ProbeConfig(
                intervalNanos, timeoutNanos, indirectProbes, streamFallback, localHealthMax, nacks, used, pauses);
    }

    public ProbeConfig withPauses(boolean noticed) {
        return new ProbeConfig(
                intervalNanos, timeoutNanos, indirectProbes, streamFallback, localHealthMax, nacks, buddy, noticed);
    }
}
