package io.orrery.raft.session;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * What a {@link SessionedStateMachine} answers to a {@link SessionCommand}.
 *
 * @param value a registration's is the session's id; else 0
 * @param result of the wrapped machine, if the command took effect and its result is known; else empty
 */
public record SessionResult(Status status, long value, Bytes result) {
    /** How a command ended. On the wire by its place. */
    public enum Status {
        /** The command took effect, once: now, or when it was proposed before. */
        APPLIED,
        /** The command took effect when it was proposed before; what it gave was too long to be held. */
        APPLIED_RESULT_LOST,
        /** The session is open. */
        OPEN,
        /** The session is closed, as asked. */
        CLOSED,
        /** There is no such session any more. The command has no effect now; whether it had before is not known. */
        EXPIRED,
        /** The client had said that it needs this command no more. It has no effect now. */
        COMPLETED,
        /** Refused by a limit, without effect: too many sessions, or too many commands of this one under way. */
        REFUSED,
        /** What was proposed is no command. */
        MALFORMED
    }

    private static final Status[] STATUSES = Status.values();

    static SessionResult of(Status status) {
        return new SessionResult(status, 0, Bytes.EMPTY);
    }

    static SessionResult applied(Bytes result) {
        return new SessionResult(Status.APPLIED, 0, result);
    }

    static SessionResult open(long session) {
        return new SessionResult(Status.OPEN, session, Bytes.EMPTY);
    }

    /** Whether the command took effect. */
    public boolean isApplied() {
        return status == Status.APPLIED || status == Status.APPLIED_RESULT_LOST;
    }

    public Bytes encode() {
        Encoder out = new Encoder();
        out.writeByte(status.ordinal());
        out.writeVarLong(value);
        out.writeBytes(result);
        return out.toBytes();
    }

    /**
     * Reads a result.
     *
     * @throws DecodeException if it is none
     */
    public static SessionResult decode(Bytes bytes) {
        Decoder in = bytes.decoder();
        int status = in.readByte();
        if (status >= STATUSES.length) {
            throw new DecodeException("unknown status of a command");
        }
        SessionResult result = new SessionResult(STATUSES[status], in.readVarLong(), in.readBytes());
        in.expectEnd();
        return result;
    }
}
