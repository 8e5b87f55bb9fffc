package io.orrery.transport.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Utf8;
import io.orrery.kernel.host.HostException;
import io.orrery.kernel.seal.DatagramOpener;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.kernel.seal.SealFault;
import io.orrery.kernel.seal.SealHeader;
import java.net.InetSocketAddress;

/**
 * Frames as UDP packets, each in an envelope that says who sent it and proves the cookie:
 *
 * <pre>
 *  0 magic   u16  0x644F, "Od"
 *  2 version u8   1                            2: sealed
 *  3 proof   16   HMAC-SHA256, cut, by a key   -
 *                 of the cookie and the
 *                 cluster's name, over name
 *                 and frame
 *    name    1+n  the sender's, with its length before it
 *    frame        at most 1112 bytes           sealed: see SealHeader
 * </pre>
 *
 * What does not prove itself is dropped and counted by its reason; a sender that has a connection here is told by that. An
 * old packet of version 1 sent again by a stranger passes: a datagram may be duplicated anyway. For the node's thread.
 */
final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
    /** Told of each sender of a good packet. */
    interface Listener {
        void onDatagram(NodeId from, InetSocketAddress source);
    }

    static final int PACKET_BYTES_MAX = Delivery.PACKET_BYTES_MAX;

    private static final int MAGIC = 0x644F;
    private static final int VERSION = 1;
    private static final int SEALED_VERSION = 2;
    private static final int HEAD_BYTES = 3;

    private final Local local;
    private final Listener listener;
    private final Encoder encoder = new Encoder(PACKET_BYTES_MAX, PACKET_BYTES_MAX);
    private final Decoder decoder = new Decoder();
    private Channel channel;
    private boolean unflushed;

    Datagrams(Local local, Listener listener) {
        this.local = local;
        this.listener = listener;
    }

    void bound(Channel to) {
        channel = to;
    }

    /**
     * With the largest frame a packet of this node is no larger than {@link Delivery#PACKET_BYTES_MAX}.
     *
     * @throws HostException if its name is too long for that
     */
    static void checkEnvelope(NodeId self, EncryptionMode mode) {
        int proof = mode.seals() ? SealHeader.DATAGRAM_OVERHEAD_BYTES : Cookie.DATAGRAM_PROOF_BYTES;
        int nameMax = Delivery.ENVELOPE_BYTES_MAX - HEAD_BYTES - 1 - proof;
        if (Utf8.length(self.name()) > nameMax) {
            throw new HostException("the name of node " + self + " is too long for one packet: "
                    + Utf8.length(self.name()) + " bytes, where " + nameMax + " are allowed"
                    + (mode.seals() ? " with encryption" : "") + "; give the node a shorter one");
        }
    }

    boolean send(NodeId to, InetSocketAddress target, boolean isSealed, byte[] frame, int offset, int length) {
        if (!channel.isWritable()) {
            TcpCounters.add(local.counters.refusedFull, 1);
            return false;
        }
        encoder.clear();
        encoder.writeShort(MAGIC);
        if (isSealed && local.seals != null) {
            encoder.writeByte(SEALED_VERSION);
            encoder.writeNode(local.self);
            int at = encoder.position();
            encoder.skip(length + SealHeader.DATAGRAM_OVERHEAD_BYTES);
            local.seals.datagramSealer().seal(to, frame, offset, length, encoder.buffer(), at);
        } else {
            encoder.writeByte(VERSION);
            encoder.writeRaw(Bytes.wrap(local.cookie.datagramProof(local.self, frame, offset, length)));
            encoder.writeNode(local.self);
            encoder.writeRaw(frame, offset, length);
        }
        ByteBuf packet = channel.alloc().directBuffer(encoder.position());
        packet.writeBytes(encoder.buffer(), 0, encoder.position());
        channel.write(new DatagramPacket(packet, target), channel.voidPromise());
        unflushed = true;
        TcpCounters.add(local.counters.datagramsSent, 1);
        return true;
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        ByteBuf content = packet.content();
        byte[] bytes = new byte[Math.min(content.readableBytes(), PACKET_BYTES_MAX + 1)];
        content.readBytes(bytes);
        SealFault fault = bytes.length > PACKET_BYTES_MAX ? SealFault.OVERSIZE : receive(bytes, packet.sender());
        if (fault != null) {
            local.counters.fault(Delivery.DATAGRAM, fault);
            local.log.warn(
                    "datagram " + packet.sender().getAddress() + fault,
                    "dropped a datagram from " + SocketWords.address(packet.sender()) + " (" + fault.metric() + "): "
                            + fault.text());
        }
    }

    /** Why it was not one of ours, or null. */
    private SealFault receive(byte[] packet, InetSocketAddress source) {
        try {
            decoder.wrap(packet, 0, packet.length);
            if (decoder.readShort() != MAGIC) {
                return SealFault.MALFORMED;
            }
            int version = decoder.readByte();
            if (version == SEALED_VERSION) {
                return receiveSealed(packet, source);
            }
            return version == VERSION ? receivePlain(packet, source) : SealFault.MALFORMED;
        } catch (DecodeException | IllegalArgumentException e) {
            return SealFault.MALFORMED;
        }
    }

    private SealFault receivePlain(byte[] packet, InetSocketAddress source) {
        Bytes proof = decoder.readRaw(Cookie.DATAGRAM_PROOF_BYTES);
        NodeId from = decoder.readNode();
        int length = decoder.remaining();
        int offset = packet.length - length;
        byte[] expected = local.cookie.datagramProof(from, packet, offset, length);
        if (!Cookie.matches(expected, proof.toByteArray())) {
            return SealFault.UNPROVED;
        }
        if (local.config.sealing().mode() == EncryptionMode.REQUIRE) {
            return SealFault.UNSEALED;
        }
        deliver(from, source, packet, offset, length);
        return null;
    }

    private SealFault receiveSealed(byte[] packet, InetSocketAddress source) {
        if (local.seals == null) {
            return SealFault.SEALED;
        }
        NodeId from = decoder.readNode();
        int length = decoder.remaining();
        DatagramOpener opener = local.seals.datagramOpener();
        byte[] frame = opener.open(from, packet, packet.length - length, length);
        if (frame == null) {
            return opener.fault();
        }
        deliver(from, source, frame, 0, frame.length);
        return null;
    }

    private void deliver(NodeId from, InetSocketAddress source, byte[] frame, int offset, int length) {
        listener.onDatagram(from, source);
        boolean taken = local.inbound.onFrame(from, Delivery.DATAGRAM, frame, offset, length);
        TcpCounters.add(taken ? local.counters.datagramsReceived : local.counters.datagramsDropped, 1);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        TcpCounters.add(local.counters.datagramsErrors, 1);
    }
}
