package io.orrery.sim.network;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Frame;
import java.util.zip.CRC32C;

/** What a bad wire, and what a bad network card, does to a frame; both decided by one number. */
final class Damage {
    private static final int BITS_MAX = 3;
    private static final int BYTES_MAX = 4;

    private Damage() {}

    /** A copy with one to three bits flipped anywhere: no checksum of 32 bits misses that. */
    static byte[] corrupted(byte[] frame, long luck) {
        byte[] bad = frame.clone();
        Prng own = new Prng(luck);
        int bits = 8 * bad.length;
        int first = own.below(bits);
        flip(bad, first);
        for (int more = own.below(BITS_MAX); more > 0; more--) {
            flip(bad, (first + more + own.below(bits - BITS_MAX)) % bits);
        }
        return bad;
    }

    private static void flip(byte[] bytes, int bit) {
        bytes[bit >>> 3] ^= (byte) (1 << (bit & 7));
    }

    /** A copy with one to four bytes of its payload changed under a checksum that fits; as it was if it has no payload. */
    static byte[] forged(byte[] frame, long luck) {
        byte[] bad = frame.clone();
        int payload = bad.length - Frame.HEADER_BYTES;
        if (payload > 0) {
            Prng own = new Prng(luck);
            for (int more = own.below(BYTES_MAX); more >= 0; more--) {
                bad[Frame.HEADER_BYTES + own.below(payload)] += (byte) (1 + own.below(255));
            }
            Frame.seal(bad, 0, bad.length, new CRC32C());
        }
        return bad;
    }
}
