package io.orrery.sim.event;

import io.orrery.kernel.Check;

/**
 * One node's two clocks, as exact integer functions of world time.
 *
 * <p>Both run at (1,000,000 + drift) parts per million of world time from a base that moves whenever the drift changes.
 * The wall clock can be stepped besides.
 *
 * <ul>
 *   <li>I1: the monotonic clock never falls.
 *   <li>I2: {@link #worldAt} is the earliest world time at which {@link #localAt} is not below the deadline, so that no
 *       timer fires before its deadline by the node's own clock.
 * </ul>
 */
public final class NodeClock {
    /** The strongest drift either way, parts per million. */
    public static final int DRIFT_PPM_MAX = 200_000;

    private static final long MILLION = 1_000_000L;
    private static final long FAR_NANOS = 1L << 61;

    private long worldBaseNanos;
    private long localBaseNanos;
    private long wallBaseNanos;
    private int driftPpm;

    /**
     * @param localNanos reading of the monotonic clock at world time 0
     * @param wallNanos reading of the wall clock at world time 0, nanoseconds since 1970
     */
    public NodeClock(long localNanos, long wallNanos) {
        localBaseNanos = localNanos;
        wallBaseNanos = wallNanos;
    }

    /** A clock that shows the same, and goes its own way from now on. */
    public NodeClock copy() {
        NodeClock copy = new NodeClock(localBaseNanos, wallBaseNanos);
        copy.worldBaseNanos = worldBaseNanos;
        copy.driftPpm = driftPpm;
        return copy;
    }

    /** The monotonic clock at a world time not before the last change. */
    public long localAt(long worldNanos) {
        return localBaseNanos + elapsed(worldNanos);
    }

    /** The wall clock, milliseconds since 1970. */
    public long wallMillisAt(long worldNanos) {
        return Math.floorDiv(wallNanosAt(worldNanos), MILLION);
    }

    /** The wall clock, nanoseconds since 1970. */
    public long wallNanosAt(long worldNanos) {
        return wallBaseNanos + elapsed(worldNanos);
    }

    /** The earliest world time at which the monotonic clock shows {@code localNanos} or more. */
    public long worldAt(long localNanos) {
        long local = localNanos - localBaseNanos;
        if (local <= 0) {
            return worldBaseNanos;
        }
        if (driftPpm == 0 || local >= FAR_NANOS) {
            return worldBaseNanos + Math.min(local, FAR_NANOS);
        }
        long rate = MILLION + driftPpm;
        return worldBaseNanos + local / rate * MILLION + (local % rate * MILLION + rate - 1) / rate;
    }

    private long elapsed(long worldNanos) {
        long world = worldNanos - worldBaseNanos;
        if (driftPpm == 0) {
            return world;
        }
        long rate = MILLION + driftPpm;
        return world / MILLION * rate + world % MILLION * rate / MILLION;
    }

    /** Both clocks run fast (positive) or slow from now on. */
    public void drift(long worldNanos, int ppm) {
        Check.argument(Math.abs(ppm) <= DRIFT_PPM_MAX, "a drift is at most 200000 ppm either way");
        rebase(worldNanos);
        driftPpm = ppm;
    }

    public int driftPpm() {
        return driftPpm;
    }

    /** Moves the wall clock forward (positive) or back. */
    public void stepWall(long nanos) {
        wallBaseNanos += nanos;
    }

    /** The machine starts again: its monotonic clock begins elsewhere, its wall clock goes on. */
    public void reboot(long worldNanos, long localNanos) {
        rebase(worldNanos);
        localBaseNanos = localNanos;
    }

    private void rebase(long worldNanos) {
        Check.that(worldNanos >= worldBaseNanos, "I1: a clock is not changed in the past", worldNanos);
        long elapsed = elapsed(worldNanos);
        localBaseNanos += elapsed;
        wallBaseNanos += elapsed;
        worldBaseNanos = worldNanos;
    }
}
