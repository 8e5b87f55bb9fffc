package io.orrery.transport.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.host.LastRefusal;
import io.orrery.kernel.host.Transport.Inbound;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.transport.tcp.HandshakeMessage.Challenge;
import io.orrery.transport.tcp.HandshakeMessage.Hello;
import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;

/** This node's side of every connection: who it is, and what all of them share. For the node's thread. */
final class Local {
    final NodeId self;
    final TcpConfig config;
    final TcpCounters counters;
    final LimitedLog log;
    final Cookie cookie;
    /** What frames are sealed by; null if this node does not seal. */
    final Seals seals;

    final HandshakeCodec codec = new HandshakeCodec();
    /** Drawn at start: tells this incarnation from earlier ones. */
    final long boot;

    final NettyIo io;
    final Inbound inbound;
    /** Where this node is reached; empty if it listens on all its addresses and was not told. */
    final String host;
    /** The port it is bound to; set once bound. */
    int port;

    /** That this node and another do not talk, said by either end. */
    final LastRefusal lastRefusal = new LastRefusal();

    private final SecureRandom random = new SecureRandom();
    private final Encoder encoder = new Encoder(512, HandshakeMessage.BYTES_MAX);
    private final Decoder decoder = new Decoder();

    Local(NodeId self, TcpConfig config, TcpCounters counters, NettyIo io, Inbound inbound) {
        this.self = self;
        this.config = config;
        this.counters = counters;
        this.io = io;
        this.inbound = inbound;
        this.log = new LimitedLog(config.log(), self.name());
        this.cookie = new Cookie(config.cluster(), config.cookie());
        this.boot = random.nextLong();
        this.seals = config.sealing().mode().seals() ? new Seals(self, config, random) : null;
        String advertised = config.advertisedHost();
        this.host = advertised.isEmpty() && !isWildcard(config.bindHost()) ? config.bindHost() : advertised;
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    /** Fresh for each handshake, unpredictable. */
    Bytes nonce() {
        byte[] nonce = new byte[HandshakeMessage.NONCE_BYTES];
        random.nextBytes(nonce);
        return Bytes.wrap(nonce);
    }

    Hello hello(String expected) {
        int version = seals == null ? HandshakeMessage.VERSION : HandshakeMessage.SEALED_VERSION;
        return new Hello(version, config.cluster(), self, boot, host, port, expected, nonce(), offer());
    }

    /** The answer to a Hello, in its version: who does not seal is not told of seals. */
    Challenge challenge(Hello hello) {
        SealOffer offer = hello.offer() == null ? null : offer();
        int version = offer == null ? HandshakeMessage.VERSION : HandshakeMessage.SEALED_VERSION;
        return new Challenge(version, self, boot, host, port, nonce(), Bytes.EMPTY, offer);
    }

    /** How this node seals; null if it does not. */
    private SealOffer offer() {
        return seals == null ? null : seals.offer();
    }

    /** Why this node and one of that offer do not talk, or null. */
    Refusal sealRefusal(SealOffer theirs) {
        EncryptionMode other = theirs == null ? EncryptionMode.OFF : theirs.mode();
        if (!config.sealing().mode().agreesWith(other)) {
            return Refusal.UNSEALED;
        }
        return seals != null && theirs != null && !seals.opens(theirs) ? Refusal.KEY : null;
    }

    /** A node has proved on a connection how it seals, and so of which start its datagrams are. */
    void confirm(NodeId node, SealOffer offer) {
        if (seals != null && offer != null) {
            seals.datagramOpener().confirm(node, offer.salt());
        }
    }

    /** That connection is over. */
    void unconfirm(NodeId node, SealOffer offer) {
        if (seals != null && offer != null) {
            seals.datagramOpener().unconfirm(node, offer.salt());
        }
    }

    /** A uniform number up to {@code bound}, for jitter. */
    static long upTo(long bound) {
        return ThreadLocalRandom.current().nextLong(bound + 1);
    }

    /** Sends a handshake message with its length before it. */
    void send(Channel channel, HandshakeMessage message) {
        encoder.clear();
        codec.encode(message, encoder);
        ByteBuf out = channel.alloc().buffer(4 + encoder.position());
        out.writeIntLE(encoder.position());
        out.writeBytes(encoder.buffer(), 0, encoder.position());
        channel.writeAndFlush(out, channel.voidPromise());
    }

    /** An empty frame: says that this end lives. */
    static void sendKeepAlive(Channel channel) {
        if (channel.isWritable()) {
            channel.writeAndFlush(channel.alloc().buffer(4).writeIntLE(0), channel.voidPromise());
        }
    }

    /**
     * @throws io.orrery.kernel.codec.DecodeException for what is no handshake message
     * @throws HandshakeCodec.OtherVersion for another version's
     */
    HandshakeMessage decode(byte[] frame) {
        decoder.wrap(frame, 0, frame.length);
        return codec.decode(decoder);
    }
}
