package io.orrery.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.transport.tcp.HandshakeMessage.Challenge;
import io.orrery.transport.tcp.HandshakeMessage.Hello;
import io.orrery.transport.tcp.HandshakeMessage.Proof;
import io.orrery.transport.tcp.HandshakeMessage.Refused;
import io.orrery.transport.tcp.HandshakeMessage.Welcome;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HandshakeCodecTest {
    private static final Bytes NONCE = Bytes.ofUtf8("0123456789abcdef");
    private static final Hello HELLO =
            new Hello(1, "orrery", NodeId.of("n1@host"), 7L, "10.0.0.1", 16000, "n2@host", NONCE, null);
    private static final Challenge CHALLENGE =
            new Challenge(1, NodeId.of("n2@host"), 8L, "", 65_535, NONCE, Bytes.wrap(new byte[32]), null);
    private static final SealOffer OFFER = new SealOffer(EncryptionMode.REQUIRE, NONCE, new int[] {0x12345678, -2});
    private static final Hello SEALED_HELLO =
            new Hello(2, "orrery", NodeId.of("n1@host"), 7L, "10.0.0.1", 16000, "n2@host", NONCE, OFFER);
    private static final Challenge SEALED_CHALLENGE =
            new Challenge(2, NodeId.of("n2@host"), 8L, "", 65_535, NONCE, Bytes.wrap(new byte[32]), OFFER);
    private static final List<HandshakeMessage> MESSAGES = List.of(
            HELLO,
            CHALLENGE,
            SEALED_HELLO,
            SEALED_CHALLENGE,
            new Proof(Bytes.wrap(new byte[32])),
            new Welcome(),
            new Refused(Refusal.COOKIE));

    private final HandshakeCodec codec = new HandshakeCodec();

    private byte[] encode(HandshakeMessage message) {
        Encoder encoder = new Encoder();
        codec.encode(message, encoder);
        return encoder.toBytes().toByteArray();
    }

    private HandshakeMessage decode(byte[] bytes) {
        return codec.decode(Bytes.wrap(bytes).decoder());
    }

    @Test
    void everyMessageComesBackEqual() {
        for (HandshakeMessage message : MESSAGES) {
            assertThat(decode(encode(message))).isEqualTo(message);
        }
        for (Refusal refusal : Refusal.values()) {
            assertThat(decode(encode(new Refused(refusal)))).isEqualTo(new Refused(refusal));
        }
    }

    @Test
    void theBytesOfAHelloAreFrozen() {
        assertThat(HexFormat.of().formatHex(encode(HELLO)))
                .isEqualTo("4f5252590101000" + "66f7272657279076e3140686f7374" + "0700000000000000"
                        + "0831302e302e302e31803e076e3240686f7374" + "30313233343536373839616263646566");
    }

    @Test
    void theBytesOfASealedHelloAreFrozen() {
        assertThat(HexFormat.of().formatHex(encode(SEALED_HELLO)))
                .isEqualTo("4f5252590102000" + "66f7272657279076e3140686f7374" + "0700000000000000"
                        + "0831302e302e302e31803e076e3240686f7374" + "30313233343536373839616263646566"
                        + "02" + "30313233343536373839616263646566" + "02" + "78563412" + "feffffff");
    }

    @Test
    void theLongestMessagesFitTheLimit() {
        String longest = "\u00fc".repeat(127);
        Hello hello = new Hello(1, "c".repeat(255), NodeId.of(longest), 1, "h".repeat(255), 1, longest, NONCE, null);
        assertThat(encode(hello)).hasSizeLessThan(HandshakeMessage.BYTES_MAX);
    }

    @Test
    void anyBytesDecodeOrAreRefusedAndNothingElse() {
        Random random = new Random(1);
        for (HandshakeMessage message : MESSAGES) {
            byte[] good = encode(message);
            for (int length = 0; length < good.length; length++) {
                decodeOrRefuse(Arrays.copyOf(good, length));
            }
            for (int i = 0; i < 5000; i++) {
                byte[] bad = good.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                }
                decodeOrRefuse(bad);
            }
        }
    }

    private void decodeOrRefuse(byte[] bytes) {
        try {
            assertThat(decode(bytes)).isNotNull();
        } catch (DecodeException | HandshakeCodec.OtherVersion refused) {
            assertThat(refused).hasMessageMatching("[ -~]+");
        }
    }

    @Test
    void proofsDifferByRoleSecretClusterAndEveryField() {
        byte[] transcript = codec.transcript(HELLO, CHALLENGE);
        Cookie cookie = new Cookie("orrery", "secret");
        byte[] proof = cookie.proof("dialer", transcript);
        assertThat(proof).hasSize(Cookie.PROOF_BYTES);
        assertThat(cookie.proof("dialer", transcript)).isEqualTo(proof);
        assertThat(cookie.proof("acceptor", transcript)).isNotEqualTo(proof);
        assertThat(new Cookie("orrery", "Secret").proof("dialer", transcript)).isNotEqualTo(proof);
        Challenge otherBoot = new Challenge(1, CHALLENGE.node(), 9L, "", 65_535, NONCE, Bytes.EMPTY, null);
        assertThat(cookie.proof("dialer", codec.transcript(HELLO, otherBoot))).isNotEqualTo(proof);
        byte[] frame = {1, 2, 3};
        byte[] datagram = cookie.datagramProof(NodeId.of("n"), frame, 0, 3);
        assertThat(new Cookie("other", "secret").datagramProof(NodeId.of("n"), frame, 0, 3))
                .isNotEqualTo(datagram);
        assertThat(cookie.datagramProof(NodeId.of("m"), frame, 0, 3)).isNotEqualTo(datagram);
        assertThat(cookie.datagramProof(NodeId.of("n"), frame, 0, 2)).isNotEqualTo(datagram);
    }

    @Test
    void addressesAreReadAsPeopleWriteThem() {
        assertThat(HostPort.parse("node1.lan:16000")).isEqualTo(new HostPort("node1.lan", 16000));
        assertThat(HostPort.parse("[fe80::1]:1")).isEqualTo(new HostPort("fe80::1", 1));
        assertThat(HostPort.parse("[fe80::1]:1")).hasToString("[fe80::1]:1");
        assertThat(HostPort.parse("10.0.0.1:65535")).hasToString("10.0.0.1:65535");
    }
}
