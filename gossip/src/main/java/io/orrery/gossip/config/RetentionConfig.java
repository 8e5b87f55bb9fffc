package io.orrery.gossip.config;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * What becomes of members that are gone.
 *
 * @param announceNanos first wait before a DEAD member is told that it is; default 5 s, doubled each time. This is what heals
 *     a partition without an operator, so it bounds how long a healed network stays split
 * @param announceMaxNanos the longest such wait; default 60 s
 * @param deadNanos a DEAD member is remembered, and told, for this long; default 24 h. A partition that outlasts it heals
 *     through seeds, or through the few names that are kept of the last who were removed: more slowly
 * @param leftNanos a LEFT member is remembered for this long; default 5 min. Must exceed the time a stale ALIVE can be under
 *     way (a few sync intervals), or the member shows up again as a ghost for one suspicion
 * @param membersMax members known at most, in any state; default 16384. Claims about further ones are counted and refused
 */
public record RetentionConfig(
        long announceNanos, long announceMaxNanos, long deadNanos, long leftNanos, int membersMax) {
    public RetentionConfig {
        Check.argument(announceNanos > 0, "the announce interval is positive");
        Check.argument(announceMaxNanos >= announceNanos, "the longest announce interval is not the shortest");
        Check.argument(deadNanos > 0 && leftNanos > 0, "retention is positive");
        Check.argument(membersMax >= 1, "at least one member");
    }

    public static RetentionConfig lan() {
        return new RetentionConfig(
                Time.seconds(5), Time.seconds(60), Time.seconds(24 * 3600), Time.seconds(300), 16 * 1024);
    }

    public static RetentionConfig fast() {
        return new RetentionConfig(
                Time.seconds(1), Time.seconds(5), Time.seconds(24 * 3600), Time.seconds(60), 16 * 1024);
    }
}
