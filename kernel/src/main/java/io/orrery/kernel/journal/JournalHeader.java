package io.orrery.kernel.journal;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * Whose journal it is, and all that a replay must know before the first event.
 *
 * @param software that wrote it, with its version; a replay by other software may rightly differ
 * @param node the node's name
 * @param seed of the incarnation's random streams
 * @param limits of the host that the node's behaviour depends on
 * @param checkInvariants whether the program's own checks ran after each cycle
 * @param program what kind of program it was
 * @param description of the program, in that kind's own form: whatever is needed to build it again
 */
public record JournalHeader(
        String software,
        NodeId node,
        long seed,
        Limits limits,
        boolean checkInvariants,
        String program,
        Bytes description) {
    /** Of this code; another one is refused. */
    public static final int VERSION = 1;

    /**
     * The host's limits.
     *
     * @param queuedEvents timers, deferred tasks and messages to oneself that may wait
     * @param cycleEvents events of one duty cycle
     * @param storageOperations in flight
     * @param storageBytes of writes in flight
     */
    public record Limits(int queuedEvents, int cycleEvents, int storageOperations, long storageBytes) {}

    void encode(Encoder out) {
        out.writeByte(VERSION);
        out.writeString(software);
        out.writeNode(node);
        out.writeLong(seed);
        out.writeVarLong(limits.queuedEvents);
        out.writeVarLong(limits.cycleEvents);
        out.writeVarLong(limits.storageOperations);
        out.writeVarLong(limits.storageBytes);
        out.writeBoolean(checkInvariants);
        out.writeString(program);
        out.writeBytes(description);
    }

    static JournalHeader decode(Decoder in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new DecodeException(
                    "a journal of format version " + version + ", where this program reads version " + VERSION);
        }
        return new JournalHeader(
                in.readString(),
                in.readNode(),
                in.readLong(),
                new Limits(positive(in), positive(in), positive(in), in.readVarLong()),
                in.readBoolean(),
                in.readString(),
                in.readBytes());
    }

    private static int positive(Decoder in) {
        long value = in.readVarLong();
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw new DecodeException("a limit out of range");
        }
        return (int) value;
    }
}
