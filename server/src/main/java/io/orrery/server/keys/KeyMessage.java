package io.orrery.server.keys;

import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.seal.KeyRing;
import java.util.ArrayList;
import java.util.List;

/**
 * What nodes say to each other about keys.
 *
 * @param number of the question, repeated by its answer
 * @param key as {@link KeyKeeper#apply} takes it; empty in an answer
 * @param answer null in a question
 */
record KeyMessage(long number, KeyOperation operation, String key, KeyState answer) {
    static final Codec<KeyMessage> CODEC = Codec.of(KeyMessage::encode, KeyMessage::decode);

    private static void encode(KeyMessage message, Encoder out) {
        out.writeLong(message.number());
        out.writeByte(message.operation().ordinal());
        out.writeString(message.key());
        out.writeBoolean(message.answer() != null);
        if (message.answer() != null) {
            out.writeString(message.answer().why());
            out.writeByte(message.answer().keys().size());
            message.answer().keys().forEach(out::writeString);
        }
    }

    private static KeyMessage decode(Decoder in) {
        long number = in.readLong();
        int operation = in.readByte();
        if (operation < 0 || operation >= KeyOperation.values().length) {
            throw new DecodeException("an unknown operation on keys");
        }
        String key = in.readString();
        KeyState answer = in.readBoolean() ? answer(in) : null;
        in.expectEnd();
        return new KeyMessage(number, KeyOperation.values()[operation], key, answer);
    }

    private static KeyState answer(Decoder in) {
        String why = in.readString();
        int count = in.readByte();
        if (count > KeyRing.KEYS_MAX) {
            throw new DecodeException("a ring of " + count + " keys");
        }
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(in.readString());
        }
        return new KeyState(why, keys);
    }
}
