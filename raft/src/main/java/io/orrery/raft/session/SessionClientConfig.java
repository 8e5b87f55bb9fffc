package io.orrery.raft.session;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * How a client of a session goes about it.
 *
 * @param windowMax commands under way at one time, counted from the first without an end; at most {@link SessionConfig#resultsMax}
 * @param pendingMax commands that wait, those under way among them; beyond it, REFUSED
 * @param timeoutNanos a command without an end after this time ends as UNKNOWN, or as REFUSED if it was never proposed
 * @param retryNanos between two attempts
 * @param keepAliveNanos an idle session is kept open this often; 0 for never. Well below {@link SessionConfig#timeoutMillis}.
 */
public record SessionClientConfig(
        int windowMax, int pendingMax, long timeoutNanos, long retryNanos, long keepAliveNanos) {
    public static final SessionClientConfig DEFAULT =
            new SessionClientConfig(64, 65_536, Time.seconds(30), Time.millis(50), Time.seconds(600));

    public SessionClientConfig {
        Check.argument(windowMax > 0, "at least one command is under way");
        Check.argument(pendingMax > 0, "at least one command waits");
        Check.argument(timeoutNanos > 0, "a timeout is positive");
        Check.argument(retryNanos > 0, "a retry interval is positive");
        Check.argument(keepAliveNanos >= 0, "an interval is not negative");
    }
}
