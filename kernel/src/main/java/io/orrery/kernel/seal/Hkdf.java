package io.orrery.kernel.seal;

import io.orrery.kernel.Check;
import java.util.Arrays;

/** HKDF with SHA-256 (RFC 5869): keys from keys. */
public final class Hkdf {
    private static final int BYTES_MAX = 255 * Cipherer.HASH_BYTES;

    private Hkdf() {}

    /** Section 2.2: a key of full strength from what need not look random. */
    public static byte[] extract(Cipherer ciphers, byte[] salt, byte[] secret) {
        return ciphers.hmac(salt.length == 0 ? new byte[Cipherer.HASH_BYTES] : salt, secret);
    }

    /**
     * Section 2.3: as many keys as there are purposes.
     *
     * @param bytes at most 255 times 32
     */
    public static byte[] expand(Cipherer ciphers, byte[] extracted, byte[] info, int bytes) {
        Check.argument(bytes > 0 && bytes <= BYTES_MAX, "HKDF yields 1 to 8160 bytes", bytes);
        byte[] result = new byte[bytes];
        byte[] block = new byte[0];
        int filled = 0;
        for (int number = 1; filled < bytes; number++) {
            block = ciphers.hmac(extracted, block, info, new byte[] {(byte) number});
            int part = Math.min(block.length, bytes - filled);
            System.arraycopy(block, 0, result, filled, part);
            filled += part;
        }
        Arrays.fill(block, (byte) 0);
        return result;
    }
}
