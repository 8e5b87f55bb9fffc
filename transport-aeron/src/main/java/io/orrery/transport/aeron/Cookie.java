package io.orrery.transport.aeron;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cluster's shared secret. Its proof is HMAC-SHA256 over a hello's fields and the session and stream that carry it,
 * so that a hello overheard on one session is of no use on another. Frames themselves it neither
 * signs nor encrypts, see {@link Seals}: it keeps strays and mistakes out, not an attacker on the path.
 */
final class Cookie {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private final Encoder encoder = new Encoder(512, 4096);

    Cookie(byte[] secret) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }

    /** The hello with its proof for a session. */
    Hello prove(Hello hello, int sessionId, int streamId) {
        return hello.withProof(Bytes.wrap(proof(hello, sessionId, streamId)));
    }

    /** Whether the hello's sender knows the cookie; takes the same time whatever the proof. */
    boolean proves(Hello hello, int sessionId, int streamId) {
        return MessageDigest.isEqual(
                proof(hello, sessionId, streamId), hello.proof().toByteArray());
    }

    private byte[] proof(Hello hello, int sessionId, int streamId) {
        encoder.clear();
        encoder.writeString("orrery aeron hello");
        encoder.writeByte(Hello.VERSION);
        hello.encodeUnproven(encoder);
        encoder.writeInt(sessionId);
        encoder.writeInt(streamId);
        mac.update(encoder.buffer(), 0, encoder.position());
        return mac.doFinal();
    }
}
