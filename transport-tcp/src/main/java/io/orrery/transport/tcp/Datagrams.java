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
import java.net.InetSocketAddress;

/**
 * Frames as UDP packets, each in an envelope that says who sent it and proves the cookie:
 *
 * <pre>
 *  0 magic   u16  0x644F, "Od"
 *  2 version u8   1
 *  3 proof   16   HMAC-SHA256, cut, by a key of the cookie and the cluster's name, over name and frame
 * 19 name    1+n  the sender's, with its length before it
 *    frame        at most 1232 bytes
 * </pre>
 *
 * What does not prove itself is dropped and counted. An old packet sent again by a stranger passes: a datagram may be
 * duplicated anyway. For the node's thread.
 */
final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
    /** Told of each sender of a good packet. */
    interface Listener {
        void onDatagram(NodeId from, InetSocketAddress source);
    }

    static final int PACKET_BYTES_MAX =
            3 + Cookie.DATAGRAM_PROOF_BYTES + 2 + NodeId.BYTES_MAX + Delivery.DATAGRAM_BYTES_MAX;

    private static final int MAGIC = 0x644F;
    private static final int VERSION = 1;

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

    boolean send(InetSocketAddress to, byte[] frame, int offset, int length) {
        if (!channel.isWritable()) {
            TcpCounters.add(local.counters.refusedFull, 1);
            return false;
        }
        encoder.clear();
        encoder.writeShort(MAGIC);
        encoder.writeByte(VERSION);
        encoder.writeRaw(Bytes.wrap(local.cookie.datagramProof(local.self, frame, offset, length)));
        encoder.writeNode(local.self);
        ByteBuf packet = channel.alloc().directBuffer(encoder.position() + length);
        packet.writeBytes(encoder.buffer(), 0, encoder.position());
        packet.writeBytes(frame, offset, length);
        channel.write(new DatagramPacket(packet, to), channel.voidPromise());
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
        if (bytes.length > PACKET_BYTES_MAX || !receive(bytes, packet.sender())) {
            TcpCounters.add(local.counters.datagramsForged, 1);
            local.log.warn(
                    "datagram " + packet.sender().getAddress(),
                    "dropped a datagram from " + packet.sender()
                            + ": it is not of this cluster, or its sender has another cookie");
        }
    }

    /** Whether it was one of ours. */
    private boolean receive(byte[] packet, InetSocketAddress source) {
        NodeId from;
        Bytes proof;
        try {
            decoder.wrap(packet, 0, packet.length);
            if (decoder.readShort() != MAGIC || decoder.readByte() != VERSION) {
                return false;
            }
            proof = decoder.readRaw(Cookie.DATAGRAM_PROOF_BYTES);
            from = decoder.readNode();
        } catch (DecodeException e) {
            return false;
        }
        int length = decoder.remaining();
        int offset = packet.length - length;
        byte[] expected = local.cookie.datagramProof(from, packet, offset, length);
        if (!Cookie.matches(expected, proof.toByteArray())) {
            return false;
        }
        listener.onDatagram(from, source);
        boolean taken = local.inbound.onFrame(from, Delivery.DATAGRAM, packet, offset, length);
        TcpCounters.add(taken ? local.counters.datagramsReceived : local.counters.datagramsDropped, 1);
        return true;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        TcpCounters.add(local.counters.datagramsDropped, 1);
    }
}
