package io.orrery.server.keys;

import io.orrery.kernel.host.Sealing;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.kernel.seal.Hkdf;
import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Encrypts talk about keys under the primary, whatever carries it: a connection to a node that does not encrypt yet, a
 * journal. The key's id, a fresh salt of 16 bytes, then AES-256-GCM under a key that the salt makes; a key so made is used
 * once, so its nonce is zero.
 */
final class KeyWrap {
    private static final byte[] PURPOSE = "orrery key wrap".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 16;
    private static final int HEAD_BYTES = 4 + SALT_BYTES;

    private final Sealing sealing;
    private final SecureRandom random = new SecureRandom();

    KeyWrap(Sealing sealing) {
        this.sealing = sealing;
    }

    byte[] wrap(byte[] plain) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        SealKey key = sealing.ring().primary();
        byte[] out = new byte[HEAD_BYTES + plain.length + Cipherer.TAG_BYTES];
        ByteBuffer.wrap(out).putInt(key.id()).put(salt);
        aead(key, salt)
                .seal(
                        new byte[Cipherer.NONCE_BYTES],
                        out,
                        0,
                        HEAD_BYTES,
                        PURPOSE,
                        plain,
                        0,
                        plain.length,
                        out,
                        HEAD_BYTES);
        return out;
    }

    /** Null if it does not open with a key of this node. */
    byte[] unwrap(byte[] wrapped) {
        KeyRing ring = sealing.ring();
        if (wrapped.length < HEAD_BYTES + Cipherer.TAG_BYTES) {
            return null;
        }
        SealKey key = ring.find(ByteBuffer.wrap(wrapped).getInt());
        if (key == null) {
            return null;
        }
        byte[] salt = Arrays.copyOfRange(wrapped, 4, HEAD_BYTES);
        byte[] plain = new byte[wrapped.length - HEAD_BYTES - Cipherer.TAG_BYTES];
        boolean isOpen = aead(key, salt)
                .open(
                        new byte[Cipherer.NONCE_BYTES],
                        wrapped,
                        0,
                        HEAD_BYTES,
                        PURPOSE,
                        wrapped,
                        HEAD_BYTES,
                        wrapped.length - HEAD_BYTES,
                        plain,
                        0);
        return isOpen ? plain : null;
    }

    private Cipherer.Aead aead(SealKey key, byte[] salt) {
        byte[] extracted = Hkdf.extract(sealing.ciphers(), salt, key.bytes());
        return sealing.ciphers().aead(Hkdf.expand(sealing.ciphers(), extracted, PURPOSE, Cipherer.KEY_BYTES));
    }
}
