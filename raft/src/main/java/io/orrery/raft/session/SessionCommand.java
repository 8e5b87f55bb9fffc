package io.orrery.raft.session;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/** What is proposed to a {@link SessionedStateMachine}. The wire form is part of the log: a type byte, then the fields. */
public sealed interface SessionCommand {
    /** What a command within a session adds to its bytes at most. */
    int OVERHEAD_BYTES = 40;

    /** A command outside any session: proposed again, it may take effect again. */
    record Plain(Bytes command) implements SessionCommand {}

    /** Opens a session; its id comes back. Proposed again, it opens another, and the first one expires. */
    record Register() implements SessionCommand {}

    /**
     * A command within a session.
     *
     * @param sequence numbers the session's commands, from 1 on; the same whenever the command is proposed again
     * @param completedBelow the client knows the end of all commands before this sequence, or wants to know it no more, and will
     *     not propose any of them again
     */
    record Submit(long session, long sequence, long completedBelow, Bytes command) implements SessionCommand {
        public Submit {
            Check.argument(
                    sequence >= completedBelow && completedBelow >= 1, "a command that is proposed is not completed");
        }
    }

    /** Keeps an idle session open. */
    record KeepAlive(long session) implements SessionCommand {}

    /** Ends a session, and lets go of its results. */
    record Close(long session) implements SessionCommand {}

    default Bytes encode() {
        Encoder out = new Encoder();
        if (this instanceof Plain plain) {
            out.writeByte(0);
            out.writeBytes(plain.command());
        } else if (this instanceof Register) {
            out.writeByte(1);
        } else if (this instanceof Submit submit) {
            out.writeByte(2);
            out.writeVarLong(submit.session());
            out.writeVarLong(submit.sequence());
            out.writeVarLong(submit.completedBelow());
            out.writeBytes(submit.command());
        } else if (this instanceof KeepAlive keepAlive) {
            out.writeByte(3);
            out.writeVarLong(keepAlive.session());
        } else if (this instanceof Close close) {
            out.writeByte(4);
            out.writeVarLong(close.session());
        }
        return out.toBytes();
    }

    /**
     * Reads a command.
     *
     * @throws DecodeException if it is none
     */
    static SessionCommand decode(Bytes bytes) {
        Decoder in = bytes.decoder();
        SessionCommand command = switch (in.readByte()) {
            case 0 -> new Plain(in.readBytes());
            case 1 -> new Register();
            case 2 -> submit(in);
            case 3 -> new KeepAlive(in.readVarLong());
            case 4 -> new Close(in.readVarLong());
            default -> throw new DecodeException("unknown kind of command");
        };
        in.expectEnd();
        return command;
    }

    private static Submit submit(Decoder in) {
        long session = in.readVarLong();
        long sequence = in.readVarLong();
        long completedBelow = in.readVarLong();
        if (completedBelow < 1 || sequence < completedBelow) {
            throw new DecodeException("a command that is proposed is not completed");
        }
        return new Submit(session, sequence, completedBelow, in.readBytes());
    }
}
