package io.orrery.jepsen.workload;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/** A command of the key-value store. Keys and values are compact JSON texts. */
sealed interface KvCommand {
    String key();

    record Read(String key) implements KvCommand {}

    record Write(String key, String value) implements KvCommand {}

    /** Writes {@code to} if the key holds {@code from}; if it holds nothing, only when {@code creates}. */
    record CompareAndSet(String key, String from, String to, boolean creates) implements KvCommand {}

    default Bytes encode() {
        Encoder out = new Encoder();
        if (this instanceof Read) {
            out.writeByte(1);
            out.writeString(key());
        } else if (this instanceof Write write) {
            out.writeByte(2);
            out.writeString(key());
            out.writeString(write.value());
        } else if (this instanceof CompareAndSet cas) {
            out.writeByte(3);
            out.writeString(key());
            out.writeString(cas.from());
            out.writeString(cas.to());
            out.writeBoolean(cas.creates());
        }
        return out.toBytes();
    }

    /**
     * @throws DecodeException if the bytes are no command
     */
    static KvCommand decode(Bytes command) {
        Decoder in = command.decoder();
        int type = in.readByte();
        String key = in.readString();
        KvCommand decoded = switch (type) {
            case 1 -> new Read(key);
            case 2 -> new Write(key, in.readString());
            case 3 -> new CompareAndSet(key, in.readString(), in.readString(), in.readBoolean());
            default -> throw new DecodeException("no such command");
        };
        in.expectEnd();
        return decoded;
    }
}
