package io.orrery.transport.aeron;

import io.orrery.kernel.Time;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.NanoClock;

/** Lets one line a second through: what strangers can cause must not fill the disk. Any thread. */
final class LimitedLog {
    private static final long PAUSE_NANOS = Time.seconds(1);

    private final NanoClock clock;
    private final AtomicLong loggedNanos;
    private final AtomicLong unlogged = new AtomicLong();

    LimitedLog(NanoClock clock) {
        this.clock = clock;
        this.loggedNanos = new AtomicLong(clock.nanoTime() - PAUSE_NANOS);
    }

    /** How to end the line: with nothing, or with how many were left out before it; null if it is left out, too. */
    String maybeSuffix() {
        long now = clock.nanoTime();
        long before = loggedNanos.get();
        if (now - before < PAUSE_NANOS || !loggedNanos.compareAndSet(before, now)) {
            unlogged.incrementAndGet();
            return null;
        }
        long left = unlogged.getAndSet(0);
        return left == 0 ? "" : " (and " + left + " like it since the last line)";
    }
}
