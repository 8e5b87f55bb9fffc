package io.orrery.transport.tcp;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealKey;
import java.util.Arrays;

/**
 * How a node seals, as its handshake says.
 *
 * @param mode prefer or require; a node that does not seal makes no offer
 * @param salt of the datagrams of its present start
 * @param keys ids of the keys it has, the primary first; at least one
 */
record SealOffer(EncryptionMode mode, Bytes salt, int[] keys) {
    static final int SALT_BYTES = 16;

    /** Names what of a handshake becomes the salt of its connection. */
    static final String SALT = "seal";

    /** What the node says that has this ring. */
    static SealOffer of(EncryptionMode mode, byte[] salt, KeyRing ring) {
        int[] ids = new int[ring.keys().size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ring.keys().get(i).id();
        }
        return new SealOffer(mode, Bytes.wrap(salt), ids);
    }

    int primary() {
        return keys[0];
    }

    void encode(Encoder out) {
        out.writeByte(mode.ordinal());
        out.writeRaw(salt);
        out.writeByte(keys.length);
        for (int key : keys) {
            out.writeInt(key);
        }
    }

    static SealOffer decode(Decoder in) {
        int mode = in.readByte();
        if (mode != EncryptionMode.PREFER.ordinal() && mode != EncryptionMode.REQUIRE.ordinal()) {
            throw new DecodeException("an unknown mode of encryption");
        }
        Bytes salt = in.readRaw(SALT_BYTES).compact();
        int count = in.readByte();
        if (count < 1 || count > KeyRing.KEYS_MAX) {
            throw new DecodeException("a ring of " + count + " keys");
        }
        int[] keys = new int[count];
        for (int i = 0; i < count; i++) {
            keys[i] = in.readInt();
        }
        return new SealOffer(EncryptionMode.values()[mode], salt, keys);
    }

    /** An offer, or that there is none, for people. */
    static String words(SealOffer offer) {
        return offer == null ? "it does not encrypt" : "it encrypts with key " + SealKey.name(offer.primary());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealOffer that
                && mode == that.mode
                && salt.equals(that.salt)
                && Arrays.equals(keys, that.keys);
    }

    @Override
    public int hashCode() {
        return salt.hashCode();
    }

    @Override
    public String toString() {
        return words(this);
    }
}
