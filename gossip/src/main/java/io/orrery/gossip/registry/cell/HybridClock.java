package io.orrery.gossip.registry.cell;

import io.orrery.kernel.Check;

/**
 * A hybrid logical clock (Kulkarni, Demirbas and others, "Logical Physical Clocks", 2014, figure 5): stamps that follow
 * causality, and real time as well as wall clocks do. A stamp is milliseconds since 1970 in the upper bits, a counter in the
 * lower 16; a counter that overflows borrows from the milliseconds.
 *
 * <ul>
 *   <li>C1: each stamp made is above all made before it, and above all observed before it that were not too far ahead.
 *   <li>C2: a peer's stamp moves this clock at most {@code driftMillisMax} ahead of the wall clock: what is beyond is
 *       clamped and counted. Only the clock is protected so. The write itself is taken: were it refused by the wall clock of
 *       whoever hears of it, two nodes would decide differently about one write, and never agree again. Nor can it poison
 *       its key: who writes over it is above it by C3.
 *   <li>C3: the stamp of a write is above that of what it replaces, however far ahead that is.
 * </ul>
 */
public final class HybridClock {
    /** No stamp is above; some 2,200 years from 1970. */
    public static final long STAMP_MAX = 1L << 62;

    private static final int COUNTER_BITS = 16;

    private final long driftMillisMax;
    private long last;
    private long clamped;

    public HybridClock(long driftMillisMax) {
        Check.argument(driftMillisMax >= 0, "a drift is not negative");
        this.driftMillisMax = driftMillisMax;
    }

    /** C1: a stamp for something that replaces nothing. */
    public long next(long wallMillis) {
        long wall = ofMillis(wallMillis);
        last = wall > last ? wall : last + 1;
        return last;
    }

    /** C1, C3: a stamp for a write over {@code held}, which may be null. */
    public long next(long wallMillis, Cell held) {
        long fresh = next(wallMillis);
        return held == null ? fresh : Math.max(fresh, held.stamp() + 1);
    }

    /**
     * C2: a peer made this stamp.
     *
     * @return false if it was clamped
     */
    public boolean observe(long stamp, long wallMillis) {
        long most = ofMillis(wallMillis + driftMillisMax);
        last = Math.max(last, Math.min(stamp, most));
        if (stamp > most) {
            clamped++;
            return false;
        }
        return true;
    }

    public long last() {
        return last;
    }

    /** How many stamps were too far ahead. */
    public long clamped() {
        return clamped;
    }

    public static long ofMillis(long millis) {
        return Math.max(1, Math.min(millis, STAMP_MAX >>> COUNTER_BITS)) << COUNTER_BITS;
    }

    public static long millisOf(long stamp) {
        return stamp >>> COUNTER_BITS;
    }
}
