package io.orrery.raft.session;

import io.orrery.kernel.Check;

/**
 * What sessions may hold. Part of the replicated state's meaning: the same on all replicas, for the group's life.
 *
 * @param sessionsMax sessions at one time; beyond it a registration is refused until one expires
 * @param resultsMax results that one session holds: as many commands of a client may be under way at one time. A command beyond
 *     that is refused, without effect.
 * @param resultBytesMax a longer result is given to the first who asked and not held: who asks again learns that the command took
 *     effect, and not what it gave
 * @param timeoutMillis a session of which no command came for so long ends, by the timestamps in the log: those are the
 *     leaders' wall clocks, so a leader whose clock is ahead by as much ends all sessions. That costs clients their sessions and
 *     never applies a command twice.
 */
public record SessionConfig(int sessionsMax, int resultsMax, int resultBytesMax, long timeoutMillis) {
    public static final SessionConfig DEFAULT = new SessionConfig(10_000, 64, 4096, 3_600_000);

    private static final int SESSION_BYTES_MAX = 768 * 1024;

    public SessionConfig {
        Check.argument(sessionsMax > 0, "at least one session is open");
        Check.argument(resultsMax > 0, "at least one command is under way");
        Check.argument(resultBytesMax >= 0, "a length is not negative");
        Check.argument(timeoutMillis > 0, "a timeout is positive");
        long bytes = (long) resultsMax * (resultBytesMax + 16);
        Check.argument(bytes <= SESSION_BYTES_MAX, "a session's results fit a piece of a snapshot, 768 KiB");
    }
}
