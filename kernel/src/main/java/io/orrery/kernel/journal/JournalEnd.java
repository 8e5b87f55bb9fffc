package io.orrery.kernel.journal;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * Why nothing follows.
 *
 * @param why in a word
 * @param text for people; of a halt, what the node said
 */
public record JournalEnd(Why why, String text) implements JournalRecord {
    /** The reasons. The order is part of the format. */
    public enum Why {
        /** The node was stopped in order. */
        STOPPED,
        /** The node broke a rule of its own, or its disk failed it. */
        HALTED,
        /** The host around the node failed. */
        HOST_FAILED,
        /** The journal had reached its size; the node went on. */
        FULL,
        /** The journal's disk was too slow; the node went on. */
        BEHIND,
        /** Something was done to the node that no record can say; the node went on. */
        UNRECORDED
    }

    private static final Why[] ALL = Why.values();

    void encode(Encoder out) {
        out.writeByte(why.ordinal());
        out.writeString(text);
    }

    static JournalEnd decode(Decoder in) {
        int code = in.readByte();
        if (code >= ALL.length) {
            throw new DecodeException("an unknown reason for the end");
        }
        return new JournalEnd(ALL[code], in.readString());
    }
}
