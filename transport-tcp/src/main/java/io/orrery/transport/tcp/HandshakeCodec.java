package io.orrery.transport.tcp;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.transport.tcp.HandshakeMessage.Challenge;
import io.orrery.transport.tcp.HandshakeMessage.Hello;
import io.orrery.transport.tcp.HandshakeMessage.Proof;
import io.orrery.transport.tcp.HandshakeMessage.Refused;
import io.orrery.transport.tcp.HandshakeMessage.Welcome;

/**
 * Handshake messages as bytes: magic, type, fields. A Hello or Challenge of a version this end does not know is read no
 * further than its version, so that versions may differ in what follows.
 */
final class HandshakeCodec implements Codec<HandshakeMessage> {
    private static final int MAGIC = 0x5952524F; // "ORRY", little-endian
    private static final int HELLO = 1;
    private static final int CHALLENGE = 2;
    private static final int PROOF = 3;
    private static final int WELCOME = 4;
    private static final int REFUSED = 5;

    /** Another version's Hello: nothing else of it can be read. */
    static final class OtherVersion extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OtherVersion(int version) {
            super("version " + version, null, false, false);
        }
    }

    @Override
    public void encode(HandshakeMessage message, Encoder out) {
        out.writeInt(MAGIC);
        if (message instanceof Hello hello) {
            out.writeByte(HELLO);
            out.writeShort(hello.version());
            out.writeString(hello.cluster());
            out.writeNode(hello.node());
            out.writeLong(hello.boot());
            out.writeString(hello.host());
            out.writeShort(hello.port());
            out.writeString(hello.expected());
            out.writeRaw(hello.nonce());
            writeOffer(hello.version(), hello.offer(), out);
        } else if (message instanceof Challenge challenge) {
            out.writeByte(CHALLENGE);
            out.writeShort(challenge.version());
            out.writeNode(challenge.node());
            out.writeLong(challenge.boot());
            out.writeString(challenge.host());
            out.writeShort(challenge.port());
            out.writeRaw(challenge.nonce());
            out.writeBytes(challenge.proof());
            writeOffer(challenge.version(), challenge.offer(), out);
        } else if (message instanceof Proof proof) {
            out.writeByte(PROOF);
            out.writeBytes(proof.proof());
        } else if (message instanceof Welcome) {
            out.writeByte(WELCOME);
        } else if (message instanceof Refused refused) {
            out.writeByte(REFUSED);
            out.writeByte(refused.refusal().code());
        }
    }

    @Override
    public HandshakeMessage decode(Decoder in) {
        if (in.readInt() != MAGIC) {
            throw new DecodeException("not this protocol");
        }
        int type = in.readByte();
        HandshakeMessage message = switch (type) {
            case HELLO -> hello(in);
            case CHALLENGE -> challenge(in);
            case PROOF -> new Proof(in.readBytes());
            case WELCOME -> new Welcome();
            case REFUSED -> new Refused(refusal(in.readByte()));
            default -> throw new DecodeException("an unknown handshake message");
        };
        in.expectEnd();
        return message;
    }

    private static Hello hello(Decoder in) {
        int version = version(in);
        return new Hello(
                version,
                in.readString(),
                in.readNode(),
                in.readLong(),
                host(in),
                in.readShort() & 0xFFFF,
                in.readString(),
                in.readRaw(HandshakeMessage.NONCE_BYTES),
                offer(version, in));
    }

    private static Challenge challenge(Decoder in) {
        int version = version(in);
        return new Challenge(
                version,
                in.readNode(),
                in.readLong(),
                host(in),
                in.readShort() & 0xFFFF,
                in.readRaw(HandshakeMessage.NONCE_BYTES),
                in.readBytes(),
                offer(version, in));
    }

    private static void writeOffer(int version, SealOffer offer, Encoder out) {
        if (version == HandshakeMessage.SEALED_VERSION) {
            offer.encode(out);
        }
    }

    private static SealOffer offer(int version, Decoder in) {
        return version == HandshakeMessage.SEALED_VERSION ? SealOffer.decode(in) : null;
    }

    private static int version(Decoder in) {
        int version = in.readShort() & 0xFFFF;
        if (version != HandshakeMessage.VERSION && version != HandshakeMessage.SEALED_VERSION) {
            throw new OtherVersion(version);
        }
        return version;
    }

    private static String host(Decoder in) {
        String host = in.readString();
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) <= ' ' || host.charAt(i) > '~') {
                throw new DecodeException("not a host");
            }
        }
        if (host.length() > 255) {
            throw new DecodeException("not a host");
        }
        return host;
    }

    private static Refusal refusal(int code) {
        Refusal refusal = Refusal.of(code);
        if (refusal == null) {
            throw new DecodeException("an unknown refusal");
        }
        return refusal;
    }

    /** What both proofs cover: the whole Hello, and the Challenge without its proof. */
    byte[] transcript(Hello hello, Challenge challenge) {
        Encoder both = new Encoder(512, 2 * HandshakeMessage.BYTES_MAX);
        encode(hello, both);
        encode(
                new Challenge(
                        challenge.version(),
                        challenge.node(),
                        challenge.boot(),
                        challenge.host(),
                        challenge.port(),
                        challenge.nonce(),
                        Bytes.EMPTY,
                        challenge.offer()),
                both);
        return both.toBytes().toByteArray();
    }
}
