package io.orrery.kernel.host;

import java.util.function.LongSupplier;

/** The machine's clocks, for one thread: the monotonic one never falls, whatever the machine says. */
final class SystemTime {
    private final LongSupplier monotonic;
    private final LongSupplier wall;
    private final long originNanos;
    private long latestNanos;

    SystemTime() {
        this(System::nanoTime, System::currentTimeMillis);
    }

    SystemTime(LongSupplier monotonic, LongSupplier wall) {
        this.monotonic = monotonic;
        this.wall = wall;
        this.originNanos = monotonic.getAsLong();
    }

    /** Nanoseconds since this clock was made; not less than the last reading. */
    long nowNanos() {
        latestNanos = Math.max(latestNanos, monotonic.getAsLong() - originNanos);
        return latestNanos;
    }

    /** Milliseconds since 1970. */
    long wallMillis() {
        return wall.getAsLong();
    }
}
