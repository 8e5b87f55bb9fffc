package io.orrery.server.simulation;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * A command of the key-value workload. Its answer is always the value that it found: an answer that tells much leaves few
 * orders that explain it, so that what is wrong is seen, and soon.
 *
 * @param number of the operation, unique in a run
 * @param argument unique in a run; empty for a get
 * @param expected what a compare-and-set wants to find; else empty
 */
record KeyValueCommand(long number, Kind kind, String key, String argument, String expected) {
    /** Beyond this length an append begins anew: reads stay cheap, and a value tells its last dozens of changes. */
    static final int VALUE_CHARS_MAX = 200;

    /** What is done to a value. */
    enum Kind {
        GET("get"),
        PUT("put"),
        APPEND("append"),
        CAS("cas");

        private static final Kind[] ALL = values();

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As histories have it. */
        String text() {
            return text;
        }

        static Kind of(String text) {
            for (Kind kind : ALL) {
                if (kind.text.equals(text)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("a key-value store has no " + text);
        }
    }

    /** The value that the command leaves where it found {@code before}. */
    static String apply(Kind kind, String argument, String expected, String before) {
        return switch (kind) {
            case GET -> before;
            case PUT -> argument;
            case APPEND -> before.isEmpty() || before.length() > VALUE_CHARS_MAX ? argument : before + "," + argument;
            case CAS -> before.equals(expected) ? argument : before;
        };
    }

    String apply(String before) {
        return apply(kind, argument, expected, before);
    }

    Bytes encode() {
        Encoder out = new Encoder();
        out.writeVarLong(number);
        out.writeByte(kind.ordinal());
        out.writeString(key);
        out.writeString(argument);
        out.writeString(expected);
        return out.toBytes();
    }

    static KeyValueCommand decode(Bytes bytes) {
        return decode(bytes.decoder());
    }

    static KeyValueCommand decode(Decoder in) {
        return new KeyValueCommand(
                in.readVarLong(), Kind.ALL[in.readByte()], in.readRecurring(), in.readString(), in.readString());
    }
}
