package io.orrery.kernel.seal;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.JdkCipherer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Keys and ends for the tests of this package. */
final class Seals {
    static final Cipherer CIPHERS = new JdkCipherer();
    static final NodeId A = NodeId.of("a@10.0.0.1");
    static final NodeId B = NodeId.of("b@10.0.0.2");
    static final SealScope SCOPE = scope("orrery", "cookie");
    static final SealKey FIRST = key(1);
    static final SealKey SECOND = key(2);
    static final KeyRing RING = KeyRing.of(List.of(FIRST));
    static final byte[] SALT = hex("000102030405060708090a0b0c0d0e0f");

    private Seals() {}

    static SealScope scope(String cluster, String cookie) {
        return new SealScope(CIPHERS, cluster, cookie.getBytes(StandardCharsets.UTF_8));
    }

    static SealKey key(int number) {
        byte[] material = new byte[32];
        for (int i = 0; i < material.length; i++) {
            material[i] = (byte) (31 * number + 7 * i);
        }
        return SealKey.of(CIPHERS, material);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] frame(int length) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (i * 37);
        }
        return frame;
    }

    static byte[] seal(StreamSealer sealer, byte[] frame) {
        byte[] out = new byte[frame.length + SealHeader.STREAM_OVERHEAD_BYTES];
        int length = sealer.seal(frame, 0, frame.length, out, 0);
        return Arrays.copyOf(out, length);
    }

    static byte[] seal(DatagramSealer sealer, NodeId to, byte[] frame) {
        byte[] out = new byte[frame.length + SealHeader.DATAGRAM_OVERHEAD_BYTES];
        int length = sealer.seal(to, frame, 0, frame.length, out, 0);
        return Arrays.copyOf(out, length);
    }
}
