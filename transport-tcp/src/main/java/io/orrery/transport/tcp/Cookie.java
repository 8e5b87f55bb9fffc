package io.orrery.transport.tcp;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a node proves with the cluster's secret: HMAC-SHA256 over the handshake, and over each datagram. The secret itself
 * never leaves the process. For one thread.
 */
final class Cookie {
    static final int PROOF_BYTES = 32;
    static final int DATAGRAM_PROOF_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac handshake;
    private final Mac datagram;

    Cookie(String cluster, String secret) {
        try {
            byte[] key = MessageDigest.getInstance("SHA-256")
                    .digest(("orrery cookie " + secret).getBytes(StandardCharsets.UTF_8));
            handshake = keyed(key);
            byte[] purpose = ("datagrams of " + cluster).getBytes(StandardCharsets.UTF_8);
            datagram = keyed(keyed(key).doFinal(purpose));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    private static Mac keyed(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(key, ALGORITHM));
        return mac;
    }

    /**
     * Proves the cookie over a handshake.
     *
     * @param role tells the two ends' proofs apart, so that neither can be sent back as the other
     */
    byte[] proof(String role, byte[] transcript) {
        handshake.update(role.getBytes(StandardCharsets.UTF_8));
        handshake.update((byte) 0);
        return handshake.doFinal(transcript);
    }

    /** Proves the cookie over a datagram and its sender: the first 16 bytes of the digest. */
    byte[] datagramProof(NodeId from, byte[] frame, int offset, int length) {
        byte[] name = from.name().getBytes(StandardCharsets.UTF_8);
        Check.that(name.length <= NodeId.BYTES_MAX, "a node's name fits a byte", name.length);
        datagram.update((byte) name.length);
        datagram.update(name);
        datagram.update(frame, offset, length);
        return Arrays.copyOf(datagram.doFinal(), DATAGRAM_PROOF_BYTES);
    }

    /** Whether two proofs are equal; takes the same time wherever they differ. */
    static boolean matches(byte[] expected, byte[] given) {
        return MessageDigest.isEqual(expected, given);
    }
}
