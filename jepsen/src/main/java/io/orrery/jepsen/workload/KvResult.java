package io.orrery.jepsen.workload;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * What a command yields.
 *
 * @param value the key's value after the command; empty if it holds none
 */
record KvResult(Status status, String value) {
    enum Status {
        OK,
        /** The key holds nothing. */
        ABSENT,
        /** The key holds something else than was expected. */
        MISMATCH,
        /** The command was no command. */
        MALFORMED
    }

    Bytes encode() {
        Encoder out = new Encoder();
        out.writeByte(status.ordinal());
        out.writeString(value);
        return out.toBytes();
    }

    /**
     * @throws DecodeException if the bytes are no result
     */
    static KvResult decode(Bytes result) {
        Decoder in = result.decoder();
        int status = in.readByte();
        if (status >= Status.values().length) {
            throw new DecodeException("no such status");
        }
        KvResult decoded = new KvResult(Status.values()[status], in.readString());
        in.expectEnd();
        return decoded;
    }
}
