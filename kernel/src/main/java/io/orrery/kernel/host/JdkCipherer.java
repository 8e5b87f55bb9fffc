package io.orrery.kernel.host;

import io.orrery.kernel.seal.Cipherer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The JDK's ciphers. An {@code Aead} is for one thread; the rest for any. */
public final class JdkCipherer implements Cipherer {
    private static final String MAC = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int TAG_BITS = 8 * TAG_BYTES;

    @Override
    public byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + MAC, e);
        }
    }

    @Override
    public Aead aead(byte[] key) {
        return new Gcm(key);
    }

    private static final class Gcm implements Aead {
        private final SecretKeySpec key;
        /** A working key either seals or opens: only one of them is ever made. */
        private Cipher sealing;

        private Cipher opening;

        Gcm(byte[] key) {
            this.key = new SecretKeySpec(key, "AES");
        }

        private static Cipher cipher() {
            try {
                return Cipher.getInstance(CIPHER);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no " + CIPHER, e);
            }
        }

        @Override
        public void seal(
                byte[] nonce,
                byte[] aad,
                int aadOffset,
                int aadLength,
                byte[] context,
                byte[] in,
                int offset,
                int length,
                byte[] out,
                int outOffset) {
            if (sealing == null) {
                sealing = cipher();
            }
            try {
                init(sealing, Cipher.ENCRYPT_MODE, nonce);
                sealing.updateAAD(aad, aadOffset, aadLength);
                sealing.updateAAD(context);
                sealing.doFinal(in, offset, length, out, outOffset);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a frame cannot be sealed: " + e.getMessage(), e);
            }
        }

        @Override
        public boolean open(
                byte[] nonce,
                byte[] aad,
                int aadOffset,
                int aadLength,
                byte[] context,
                byte[] in,
                int offset,
                int length,
                byte[] out,
                int outOffset) {
            if (opening == null) {
                opening = cipher();
            }
            try {
                init(opening, Cipher.DECRYPT_MODE, nonce);
                opening.updateAAD(aad, aadOffset, aadLength);
                opening.updateAAD(context);
                opening.doFinal(in, offset, length, out, outOffset);
                return true;
            } catch (AEADBadTagException forged) {
                Arrays.fill(out, outOffset, out.length, (byte) 0);
                return false;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a frame cannot be opened: " + e.getMessage(), e);
            }
        }

        private void init(Cipher cipher, int mode, byte[] nonce)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        }
    }
}
