package io.orrery.jepsen.workload;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * What a node can be told on its command line.
 *
 * @param mode what a {@code read} without a key means
 * @param timeoutNanos a lin-kv request without an outcome is answered after this time; Maelstrom's clients wait for 1 s, or
 *     ten latencies if that is longer
 * @param gossip intervals of membership: probes must leave room for the network's latency
 */
public record WorkloadConfig(ReadMode mode, long timeoutNanos, GossipConfig gossip) {
    private static final String CLUSTER = "maelstrom";

    /** For round trips up to 200 ms; dead members are told of it soon, so that a healed network is whole within seconds. */
    public static final WorkloadConfig DEFAULT = new WorkloadConfig(
            ReadMode.GUESS, Time.millis(900), GossipConfig.fast(CLUSTER).with(ProbeConfig.lan()));

    public WorkloadConfig {
        Check.argument(timeoutNanos > 0, "a timeout is positive");
    }

    public WorkloadConfig withMode(ReadMode changed) {
        return new WorkloadConfig(changed, timeoutNanos, gossip);
    }

    public WorkloadConfig withTimeoutNanos(long changed) {
        return new WorkloadConfig(mode, changed, gossip);
    }

    /** For round trips up to 40 ms: a silent peer is suspected within 200 ms. */
    public WorkloadConfig withFastProbes() {
        return new WorkloadConfig(mode, timeoutNanos, gossip.with(ProbeConfig.fast()));
    }
}
