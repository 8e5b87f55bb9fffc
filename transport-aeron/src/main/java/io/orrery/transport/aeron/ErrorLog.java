package io.orrery.transport.aeron;

import io.aeron.exceptions.AeronException;
import java.lang.System.Logger;
import org.agrona.ErrorHandler;

/** Where Aeron's errors go: counted all, logged at most once a second. May be called on any thread. */
final class ErrorLog implements ErrorHandler {
    private static final Logger LOG = System.getLogger(ErrorLog.class.getPackageName());

    private final AeronConfig config;
    private final AeronCounters counters;
    private final LimitedLog limit;
    private volatile AeronException fatal;

    ErrorLog(AeronConfig config, AeronCounters counters, Clocks clocks) {
        this.config = config;
        this.counters = counters;
        this.limit = new LimitedLog(clocks.nano());
    }

    /** What killed the client or its driver, if Aeron said so; else null. */
    AeronException fatal() {
        return fatal;
    }

    @Override
    public void onError(Throwable error) {
        counters.addFromAnyThread(AeronCount.ERRORS);
        if (error instanceof AeronException e && e.category() == AeronException.Category.FATAL) {
            fatal = e;
        }
        String suffix = limit.maybeSuffix();
        if (suffix != null) {
            boolean isWarning = error instanceof AeronException e && e.category() == AeronException.Category.WARN;
            LOG.log(
                    isWarning ? Logger.Level.DEBUG : Logger.Level.WARNING,
                    () -> "Aeron of " + config.self() + " reports: " + error.getMessage() + suffix);
        }
    }
}
