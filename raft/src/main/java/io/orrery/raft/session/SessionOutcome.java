package io.orrery.raft.session;

import io.orrery.kernel.codec.Bytes;

/**
 * How a command of a {@link SessionClient} ended: exactly once, and with at most one effect whatever the status.
 *
 * @param result the state machine's, if applied and known; else empty
 */
public record SessionOutcome(Status status, Bytes result) {
    /** The ends of a command. */
    public enum Status {
        /** It took effect once, and the result is that of this one time. */
        APPLIED,
        /** It took effect once; its result was lost, for it was too long to be held. */
        APPLIED_RESULT_LOST,
        /** The session ended before the command's end was known: it took effect once or never. */
        EXPIRED,
        /** The time is up: it took effect once, or never, or will yet take effect once. */
        UNKNOWN,
        /** Refused by a limit, or never proposed in time: it has no effect, ever. */
        REFUSED
    }

    static SessionOutcome of(Status status) {
        return new SessionOutcome(status, Bytes.EMPTY);
    }

    /** Hears how a command ended, in an event after the one that submitted it. */
    @FunctionalInterface
    public interface Callback {
        void onOutcome(SessionOutcome outcome);
    }
}
