package io.orrery.transport.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.seal.SealFault;
import io.orrery.kernel.seal.SealHeader;
import io.orrery.kernel.seal.StreamOpener;
import io.orrery.transport.tcp.FrameReader.Garbage;
import io.orrery.transport.tcp.HandshakeCodec.OtherVersion;
import io.orrery.transport.tcp.HandshakeMessage.Challenge;
import io.orrery.transport.tcp.HandshakeMessage.Hello;
import io.orrery.transport.tcp.HandshakeMessage.Proof;
import io.orrery.transport.tcp.HandshakeMessage.Refused;
import io.orrery.transport.tcp.HandshakeMessage.Welcome;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;

/**
 * An accepted connection: it proves who it is, then brings the frames of that peer.
 *
 * <ul>
 *   <li>I1: no frame is delivered before the peer has proved the cookie, nor after the connection was closed or replaced.
 *   <li>I2: a frame that the inbox refuses is held, nothing more is read, and it is delivered before all later ones.
 * </ul>
 *
 * States: HELLO - PROOF - OPEN - CLOSED. For the node's thread.
 */
final class InboundConnection extends ChannelInboundHandlerAdapter {
    private enum State {
        HELLO,
        PROOF,
        OPEN,
        CLOSED
    }

    private final Local local;
    private final Acceptor acceptor;
    private final Channel channel;
    private final FrameReader reader = new FrameReader(HandshakeMessage.BYTES_MAX);
    private final ArrayDeque<ByteBuf> unread = new ArrayDeque<>();
    private final long sinceNanos = System.nanoTime();
    private State state = State.HELLO;
    private Hello hello;
    private byte[] expectedProof;
    /** Null for a connection that is not sealed. */
    private StreamOpener opener;

    private byte[] held;
    private boolean stalled;
    private long heardNanos = sinceNanos;
    private long saidNanos = sinceNanos;

    InboundConnection(Local local, Acceptor acceptor, Channel channel) {
        this.local = local;
        this.acceptor = acceptor;
        this.channel = channel;
    }

    /** The peer, once the connection is open. */
    NodeId peer() {
        return hello.node();
    }

    long boot() {
        return hello.boot();
    }

    /** How the peer seals; null if it does not. */
    SealOffer offer() {
        return hello.offer();
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether it was heard of so lately that its peer must be there: it says something in every keep-alive period. */
    boolean isLively() {
        return state == State.OPEN && System.nanoTime() - heardNanos < 2 * local.config.keepAliveNanos();
    }

    /** Where the peer is reached: as it says, else where it comes from. */
    String peerAddress() {
        String host = hello.host().isEmpty() ? remoteHost() : hello.host();
        return hello.port() == 0 ? "" : new HostPort(host, hello.port()).toString();
    }

    /** Whether the peer said under which host it is reached. */
    boolean saysItsHost() {
        return !hello.host().isEmpty();
    }

    private String remoteHost() {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "unknown";
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heardNanos = System.nanoTime();
        if (state == State.CLOSED) {
            // What comes while the last words go out is of no use, and the other end may send any amount of it.
            ((ByteBuf) message).release();
            return;
        }
        unread.add((ByteBuf) message);
        if (!stalled) {
            readAll();
        }
    }

    private void readAll() {
        try {
            while (state != State.CLOSED && !unread.isEmpty()) {
                byte[] frame = reader.read(unread.peek());
                if (frame == null) {
                    unread.remove().release();
                } else if (state != State.OPEN) {
                    onHandshake(local.decode(frame));
                } else if (frame.length > 0 && !maybeDeliver(frame)) {
                    return;
                }
            }
        } catch (OtherVersion other) {
            refuse(Refusal.VERSION, "it speaks " + other.getMessage());
        } catch (Garbage | DecodeException | IllegalArgumentException e) {
            TcpCounters.add(local.counters.garbage, 1);
            local.log.warn(
                    remoteHost() + " garbage",
                    "closed a connection from " + SocketWords.address(channel.remoteAddress()) + ": " + e.getMessage());
            close();
        }
    }

    /** Opens a frame and hands it over; false if the connection reads no further for now. */
    private boolean maybeDeliver(byte[] frame) {
        byte[] opened = opener == null ? frame : opener.open(frame, 0, frame.length);
        if (opened == null) {
            onFault(opener.fault());
            return false;
        }
        if (!take(opened)) {
            stall(opened);
            return false;
        }
        return true;
    }

    private void onFault(SealFault fault) {
        local.counters.fault(Delivery.STREAM, fault);
        refuse(Refusal.of(fault), "a frame did not open: " + fault.text());
    }

    /** False if the inbox has no room. */
    private boolean take(byte[] frame) {
        if (!local.inbound.onFrame(hello.node(), Delivery.STREAM, frame, 0, frame.length)) {
            return false;
        }
        TcpCounters.add(local.counters.framesReceived, 1);
        TcpCounters.add(local.counters.bytesReceived, frame.length);
        return true;
    }

    private void stall(byte[] frame) {
        Check.that(held == null, "I2: one frame is held at a time");
        held = frame;
        stalled = true;
        channel.config().setAutoRead(false);
        TcpCounters.add(local.counters.stalls, 1);
        acceptor.stalled(this);
    }

    /** Tries again after a stall. Whether it reads again. */
    boolean maybeResume() {
        if (state == State.CLOSED) {
            return true;
        }
        byte[] frame = held;
        if (!take(frame)) {
            return false;
        }
        held = null;
        stalled = false;
        readAll();
        if (stalled) {
            return false;
        }
        if (state != State.CLOSED) {
            heardNanos = System.nanoTime();
            channel.config().setAutoRead(true);
        }
        return true;
    }

    private void onHandshake(HandshakeMessage message) {
        if (message instanceof Refused refused) {
            local.counters.refused(refused.refusal());
            String words = who() + " refused this node: " + refused.refusal().text();
            local.lastRefusal.note(words);
            local.log.warn(remoteHost() + " " + refused.refusal(), words);
            close();
        } else if (state == State.HELLO && message instanceof Hello first) {
            onHello(first);
        } else if (state == State.PROOF && message instanceof Proof proof) {
            onProof(proof);
        } else {
            throw new DecodeException("a handshake message out of turn");
        }
    }

    private void onHello(Hello first) {
        hello = first;
        if (!first.cluster().equals(local.config.cluster())) {
            refuse(Refusal.CLUSTER, "it belongs to cluster '" + printable(first.cluster()) + "'");
        } else if (first.node().equals(local.self)) {
            refuse(first.boot() == local.boot ? Refusal.SELF : Refusal.NAME_TAKEN, "it has this node's name");
        } else if (!first.expected().isEmpty() && !first.expected().equals(local.self.name())) {
            refuse(Refusal.OTHER_NODE, "it looks for " + printable(first.expected()));
        } else if (local.sealRefusal(first.offer()) != null) {
            refuse(local.sealRefusal(first.offer()), SealOffer.words(first.offer()));
        } else {
            Challenge challenge = local.challenge(first);
            byte[] transcript = local.codec.transcript(first, challenge);
            expectedProof = local.cookie.proof("dialer", transcript);
            if (challenge.offer() != null) {
                opener = local.seals.opener(first.node(), local.cookie.proof(SealOffer.SALT, transcript));
            }
            state = State.PROOF;
            local.send(channel, challenge.proved(local.cookie.proof("acceptor", transcript)));
        }
    }

    private void onProof(Proof proof) {
        if (!Cookie.matches(expectedProof, proof.proof().toByteArray())) {
            refuse(Refusal.COOKIE, "it could not prove the cookie");
            return;
        }
        InboundConnection rival = acceptor.rival(this);
        if (rival != null) {
            refuse(Refusal.NAME_TAKEN, "a node of its name runs at " + rival.peerAddress());
            return;
        }
        state = State.OPEN;
        reader.allow(Delivery.STREAM_BYTES_MAX + (opener == null ? 0 : SealHeader.STREAM_OVERHEAD_BYTES));
        local.send(channel, new Welcome());
        acceptor.opened(this);
    }

    private void refuse(Refusal refusal, String detail) {
        local.counters.refused(refusal);
        if (refusal != Refusal.SELF) {
            String words = "refused " + who() + ": " + detail + ": " + refusal.text();
            local.lastRefusal.note(words);
            local.log.warn(remoteHost() + " " + refusal, words);
        }
        local.send(channel, new Refused(refusal));
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        end();
    }

    private String who() {
        return (hello == null ? "a node" : hello.node().name()) + " at " + SocketWords.address(channel.remoteAddress());
    }

    /** A stranger's text for the log: short, and plain ASCII. */
    private static String printable(String text) {
        return text.substring(0, Math.min(64, text.length())).replaceAll("[^ -~]", "?");
    }

    /** Closes what took too long to shake hands or has fallen silent; tells the other end that this one lives. */
    void tick(long nowNanos) {
        if (state != State.OPEN) {
            if (nowNanos - sinceNanos > local.config.handshakeTimeoutNanos()) {
                TcpCounters.add(local.counters.handshakeTimeouts, 1);
                local.log.warn(
                        remoteHost(),
                        "closed a connection from " + SocketWords.address(channel.remoteAddress())
                                + ": its handshake took too long");
                close();
            }
        } else if (!stalled && nowNanos - heardNanos > local.config.idleTimeoutNanos()) {
            TcpCounters.add(local.counters.idleTimeouts, 1);
            local.log.warn(hello.node().name(), who() + " fell silent; connection closed");
            close();
        } else if (nowNanos - saidNanos >= local.config.keepAliveNanos()) {
            saidNanos = nowNanos;
            Local.sendKeepAlive(channel);
        }
    }

    /** Delivers nothing more. */
    void close() {
        end();
        channel.close();
    }

    private void end() {
        state = State.CLOSED;
        held = null;
        while (!unread.isEmpty()) {
            unread.remove().release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
        acceptor.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close();
    }
}
