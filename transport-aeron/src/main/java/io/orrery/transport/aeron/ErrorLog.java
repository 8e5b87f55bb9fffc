package io.orrery.transport.aeron;

import io.aeron.exceptions.AeronException;
import io.orrery.kernel.Time;
import java.lang.System.Logger;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;

/** Where Aeron's errors go: counted all, logged at most once a second. May be called on any thread. */
final class ErrorLog implements ErrorHandler {
    private static final Logger LOG = System.getLogger(ErrorLog.class.getPackageName());
    private static final long PAUSE_NANOS = Time.seconds(1);

    private final AeronConfig config;
    private final AeronCounters counters;
    private final Clocks clocks;
    private final AtomicLong loggedNanos;
    private volatile Throwable last;

    ErrorLog(AeronConfig config, AeronCounters counters, Clocks clocks) {
        this.config = config;
        this.counters = counters;
        this.clocks = clocks;
        this.loggedNanos = new AtomicLong(clocks.nano().nanoTime() - PAUSE_NANOS);
    }

    /** The error reported last: what killed the client, if it is dead; may be null. */
    Throwable last() {
        return last;
    }

    @Override
    public void onError(Throwable error) {
        counters.addFromAnyThread(AeronCount.ERRORS);
        last = error;
        long now = clocks.nano().nanoTime();
        long before = loggedNanos.get();
        if (now - before >= PAUSE_NANOS && loggedNanos.compareAndSet(before, now)) {
            boolean isWarning = error instanceof AeronException e && e.category() == AeronException.Category.WARN;
            LOG.log(
                    isWarning ? Logger.Level.DEBUG : Logger.Level.WARNING,
                    () -> "Aeron of " + config.self() + " reports: " + error.getMessage());
        }
    }
}
