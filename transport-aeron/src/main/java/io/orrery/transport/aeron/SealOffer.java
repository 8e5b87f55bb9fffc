package io.orrery.transport.aeron;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.seal.EncryptionMode;

/**
 * That a session is sealed, and how: part of its hello, and so of what the hello proves.
 *
 * @param mode of the sender: prefer or require; a node that does not seal makes no offer
 * @param salt 16 bytes drawn for this session alone
 * @param key id of the key that the sender seals with just now
 */
record SealOffer(EncryptionMode mode, Bytes salt, int key) {
    static final int SALT_BYTES = 16;

    void encode(Encoder out) {
        out.writeByte(mode.ordinal());
        out.writeRaw(salt);
        out.writeInt(key);
    }

    static SealOffer decode(Decoder in) {
        int mode = in.readByte();
        if (mode != EncryptionMode.PREFER.ordinal() && mode != EncryptionMode.REQUIRE.ordinal()) {
            throw new DecodeException("an unknown mode of encryption");
        }
        return new SealOffer(
                EncryptionMode.values()[mode], in.readRaw(SALT_BYTES).compact(), in.readInt());
    }
}
