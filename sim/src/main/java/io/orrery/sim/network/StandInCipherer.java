package io.orrery.sim.network;

import io.orrery.kernel.Prng;
import io.orrery.kernel.seal.Cipherer;
import java.util.Arrays;

/**
 * Ciphers for a simulated network, in place of the real ones: what they seal opens under the same key, nonce and associated
 * data, and whatever was changed on the way does not. That is all that sealing asks of ciphers, so a run takes the same
 * steps with these as with AES-GCM, which takes a thousand bytes and some microseconds for a frame.
 *
 * <p>They keep no secret: who wants to open what they sealed, can. For any thread.
 */
public final class StandInCipherer implements Cipherer {
    private static final long SEED = 0xCBF29CE484222325L;
    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    @Override
    public byte[] hmac(byte[] key, byte[]... parts) {
        long sum = Prng.mix(fold(SEED, key, 0, key.length));
        for (byte[] part : parts) {
            sum = fold(sum, part, 0, part.length);
        }
        byte[] hash = new byte[HASH_BYTES];
        for (int i = 0; i < HASH_BYTES; i++) {
            hash[i] = pad(sum, i);
        }
        return hash;
    }

    @Override
    public Aead aead(byte[] key) {
        return new Sums(fold(SEED, key, 0, key.length));
    }

    /** FNV-1a of 64 bits, from {@code sum} on. */
    private static long fold(long sum, byte[] bytes, int offset, int length) {
        long folded = sum;
        for (int i = offset; i < offset + length; i++) {
            folded = (folded ^ (bytes[i] & 0xFF)) * 0x100000001B3L;
        }
        return folded;
    }

    /** The byte at a place of what follows from a sum. */
    private static byte pad(long sum, int at) {
        return (byte) (Prng.mix(sum + (1 + at / Long.BYTES) * STRIDE) >>> Byte.SIZE * (at % Long.BYTES));
    }

    private record Sums(long key) implements Aead {
        private long start(byte[] nonce) {
            return Prng.mix(fold(key, nonce, 0, nonce.length));
        }

        private static void cover(long start, byte[] in, int offset, int length, byte[] out, int outOffset) {
            long word = 0;
            for (int i = 0; i < length; i++) {
                if (i % Long.BYTES == 0) {
                    word = Prng.mix(start ^ (i + 1) * STRIDE);
                }
                out[outOffset + i] = (byte) (in[offset + i] ^ word >>> Byte.SIZE * (i % Long.BYTES));
            }
        }

        private static long sum(
                long start,
                byte[] aad,
                int aadOffset,
                int aadLength,
                byte[] context,
                byte[] in,
                int offset,
                int length) {
            long sum = fold(start, aad, aadOffset, aadLength);
            sum = fold(sum ^ aadLength, context, 0, context.length);
            return Prng.mix(fold(sum ^ length, in, offset, length));
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
            long start = start(nonce);
            long sum = sum(start, aad, aadOffset, aadLength, context, in, offset, length);
            cover(start, in, offset, length, out, outOffset);
            for (int i = 0; i < TAG_BYTES; i++) {
                out[outOffset + length + i] = pad(sum, i);
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
            int plain = length - TAG_BYTES;
            if (plain < 0) {
                return false;
            }
            long start = start(nonce);
            cover(start, in, offset, plain, out, outOffset);
            long sum = sum(start, aad, aadOffset, aadLength, context, out, outOffset, plain);
            for (int i = 0; i < TAG_BYTES; i++) {
                if (in[offset + plain + i] != pad(sum, i)) {
                    Arrays.fill(out, outOffset, outOffset + plain, (byte) 0);
                    return false;
                }
            }
            return true;
        }
    }
}
