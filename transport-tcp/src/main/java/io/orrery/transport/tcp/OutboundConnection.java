package io.orrery.transport.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.seal.StreamSealer;
import io.orrery.transport.tcp.FrameReader.Garbage;
import io.orrery.transport.tcp.HandshakeCodec.OtherVersion;
import io.orrery.transport.tcp.HandshakeMessage.Challenge;
import io.orrery.transport.tcp.HandshakeMessage.Hello;
import io.orrery.transport.tcp.HandshakeMessage.Proof;
import io.orrery.transport.tcp.HandshakeMessage.Refused;
import io.orrery.transport.tcp.HandshakeMessage.Welcome;
import java.net.InetSocketAddress;

/**
 * A dialed connection: proves who this node is, then carries its frames to the peer.
 *
 * <ul>
 *   <li>I1: the owner hears of it exactly once that it opened, if it did, and exactly once that it is over.
 *   <li>I2: it opens only to a node that proved the cookie, and that is the expected one, if one is expected.
 * </ul>
 *
 * States: CONNECTING - HELLO_SENT - PROOF_SENT - OPEN - CLOSED. For the node's thread.
 */
final class OutboundConnection extends ChannelInboundHandlerAdapter {
    /** Who wanted the connection. */
    interface Owner {
        void onOpen(OutboundConnection connection);

        /**
         * @param refusal null if it failed or broke for another reason
         */
        void onOver(OutboundConnection connection, String why, Refusal refusal);
    }

    private enum State {
        CONNECTING,
        HELLO_SENT,
        PROOF_SENT,
        OPEN,
        CLOSED
    }

    private static final int REFUSAL_BYTES_MAX = 16;

    private final Local local;
    private final InetSocketAddress target;
    private final String expected;
    private final FrameReader reader = new FrameReader(HandshakeMessage.BYTES_MAX);
    private Owner owner;
    private Channel channel;
    private State state = State.CONNECTING;
    private Hello hello;
    private Challenge challenge;
    private StreamSealer sealer;
    private long sinceNanos;
    private long heardNanos;
    private long saidNanos;

    /**
     * @param expected the node's name, or empty if only its address is known
     */
    OutboundConnection(Local local, Owner owner, InetSocketAddress target, String expected) {
        this.local = local;
        this.owner = owner;
        this.target = target;
        this.expected = expected;
    }

    void dial() {
        TcpCounters.add(local.counters.dials, 1);
        sinceNanos = System.nanoTime();
        long connectMillis = Math.max(1, local.config.connectTimeoutNanos() / 1_000_000);
        ChannelFuture attempt = new Bootstrap()
                .group(local.io.loop())
                .channel(local.io.socket())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, connectMillis))
                .handler(this)
                .connect(target);
        channel = attempt.channel();
        attempt.addListener(done -> {
            if (!done.isSuccess()) {
                over(SocketWords.why(done.cause(), target), null);
            }
        });
    }

    /** The peer; known once the connection is open. */
    NodeId peer() {
        return challenge.node();
    }

    long boot() {
        return challenge.boot();
    }

    /** How the peer seals; null if it does not. */
    SealOffer offer() {
        return challenge.offer();
    }

    /** What seals this connection's frames; null if they are not sealed. */
    StreamSealer sealer() {
        return sealer;
    }

    /** Where the peer says it is reached; empty if it does not know. */
    String peerAddress() {
        return challenge.host().isEmpty() || challenge.port() == 0
                ? ""
                : new HostPort(challenge.host(), challenge.port()).toString();
    }

    Channel channel() {
        return channel;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** How long it has been open or tried to be. */
    long ageNanos() {
        return System.nanoTime() - sinceNanos;
    }

    /** Hands the connection to another owner. */
    void belongTo(Owner other) {
        owner = other;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        if (state != State.CONNECTING) {
            channel.close();
            return;
        }
        state = State.HELLO_SENT;
        hello = local.hello(expected);
        local.send(channel, hello);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        heardNanos = System.nanoTime();
        try {
            for (byte[] frame = next(in); frame != null; frame = next(in)) {
                take(frame);
            }
        } catch (OtherVersion other) {
            refuse(Refusal.VERSION);
        } catch (Garbage | DecodeException | IllegalArgumentException e) {
            TcpCounters.add(local.counters.garbage, 1);
            over("what answers there does not speak this protocol: " + e.getMessage(), null);
        } finally {
            in.release();
        }
    }

    private byte[] next(ByteBuf in) {
        return state == State.CLOSED ? null : reader.read(in);
    }

    private void take(byte[] frame) {
        if (state == State.OPEN && frame.length == 0) {
            return;
        }
        HandshakeMessage message = local.decode(frame);
        if (message instanceof Refused refused) {
            local.counters.refused(refused.refusal());
            if (refused.refusal() != Refusal.SELF) {
                local.lastRefusal.note(
                        who() + " refused this node: " + refused.refusal().text());
            }
            over("refused: " + refused.refusal().text(), refused.refusal());
        } else if (state == State.HELLO_SENT && message instanceof Challenge first) {
            onChallenge(first);
        } else if (state == State.PROOF_SENT && message instanceof Welcome) {
            onWelcome();
        } else {
            throw new DecodeException("a handshake message out of turn");
        }
    }

    private void onChallenge(Challenge first) {
        challenge = first;
        byte[] transcript = local.codec.transcript(hello, first);
        byte[] proof = local.cookie.proof("acceptor", transcript);
        if (!Cookie.matches(proof, first.proof().toByteArray())) {
            refuse(Refusal.COOKIE);
        } else if (!expected.isEmpty() && !expected.equals(first.node().name())) {
            refuse(Refusal.OTHER_NODE);
        } else if (local.sealRefusal(first.offer()) != null) {
            refuse(local.sealRefusal(first.offer()));
        } else {
            if (first.offer() != null && hello.offer() != null) {
                sealer = local.seals.sealer(first.node(), local.cookie.proof(SealOffer.SALT, transcript));
            }
            state = State.PROOF_SENT;
            local.send(channel, new Proof(Bytes.wrap(local.cookie.proof("dialer", transcript))));
        }
    }

    private void onWelcome() {
        state = State.OPEN;
        sinceNanos = System.nanoTime();
        saidNanos = sinceNanos;
        // All that still comes is an empty frame, or why this connection ends.
        reader.allow(REFUSAL_BYTES_MAX);
        TcpCounters.add(local.counters.dialedOpen, 1);
        owner.onOpen(this);
    }

    private void refuse(Refusal refusal) {
        local.counters.refused(refusal);
        local.lastRefusal.note("refused " + who() + ": " + refusal.text());
        local.send(channel, new Refused(refusal));
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        over(refusal.text(), refusal);
    }

    private String who() {
        return (expected.isEmpty() ? "the node" : expected) + " at " + SocketWords.address(target);
    }

    /** Gives up what takes too long or has fallen silent; tells the other end that this one lives. */
    void tick(long nowNanos) {
        if (state == State.OPEN) {
            if (nowNanos - heardNanos > local.config.idleTimeoutNanos()) {
                TcpCounters.add(local.counters.idleTimeouts, 1);
                over("it fell silent", null);
            } else if (nowNanos - saidNanos >= local.config.keepAliveNanos()) {
                saidNanos = nowNanos;
                Local.sendKeepAlive(channel);
            }
        } else if (state != State.CLOSED
                && nowNanos - sinceNanos > local.config.connectTimeoutNanos() + local.config.handshakeTimeoutNanos()) {
            TcpCounters.add(local.counters.handshakeTimeouts, 1);
            over("the handshake took too long", null);
        }
    }

    /** Ends the connection; what is not sent is lost. */
    void close(String why) {
        over(why, null);
    }

    private void over(String why, Refusal refusal) {
        if (state == State.CLOSED) {
            return;
        }
        boolean wasOpen = state == State.OPEN;
        state = State.CLOSED;
        TcpCounters.add(wasOpen ? local.counters.breaks : local.counters.dialFailures, 1);
        if (refusal == null && channel != null) {
            channel.close();
        }
        owner.onOver(this, why, refusal);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        over("the connection broke", null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        over(SocketWords.why(cause, target), null);
    }

    @Override
    public String toString() {
        return target + " " + state;
    }
}
