package io.orrery.gossip.config;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * How claims spread (SWIM, section 4.1).
 *
 * @param intervalNanos between packets that carry nothing but rumours, sent while there are any; default 200 ms
 * @param fanout members that each such packet goes to; default 3
 * @param retransmitMult a rumour is sent mult * ceil(log10(N + 1)) times by each node that learns it; default 4. Fewer, and
 *     some members hear it only by the periodic sync
 * @param prompt whether news goes out at once where nothing has within the interval; default true: what happens alone, as a
 *     suspicion does, is known to most members within a few round trips. False waits for the interval's end, as
 *     memberlist does
 * @param leaveTimeoutNanos a leaving node stops insisting after this time, whoever has heard; default 5 s
 */
public record RumourConfig(long intervalNanos, int fanout, int retransmitMult, boolean prompt, long leaveTimeoutNanos) {
    public RumourConfig {
        Check.argument(intervalNanos > 0, "the gossip interval is positive");
        Check.argument(fanout >= 1 && fanout <= 64, "a fan-out is between 1 and 64");
        Check.argument(retransmitMult >= 1 && retransmitMult <= 64, "a retransmit multiplier is between 1 and 64");
        Check.argument(leaveTimeoutNanos > 0, "the time to leave is positive");
    }

    public static RumourConfig lan() {
        return new RumourConfig(Time.millis(200), 3, 4, true, Time.seconds(5));
    }

    public static RumourConfig fast() {
        return new RumourConfig(Time.millis(50), 3, 4, true, Time.seconds(1));
    }

    public RumourConfig withPrompt(boolean used) {
        return new RumourConfig(intervalNanos, fanout, retransmitMult, used, leaveTimeoutNanos);
    }
}
