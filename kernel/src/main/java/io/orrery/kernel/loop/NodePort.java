package io.orrery.kernel.loop;

import io.orrery.kernel.Channel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Receiver;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;

/** A port of a {@link NodeKernel}. */
final class NodePort<M> implements Port<M> {
    private final NodeKernel node;
    private final Channel channel;
    private final Codec<M> codec;
    private final Receiver<M> receiver;

    NodePort(NodeKernel node, Channel channel, Codec<M> codec, Receiver<M> receiver) {
        this.node = node;
        this.channel = channel;
        this.codec = codec;
        this.receiver = receiver;
    }

    Channel channel() {
        return channel;
    }

    @Override
    public boolean send(NodeId to, M message) {
        return node.send(to, channel, codec, message);
    }

    @Override
    public void close() {
        node.closePort(this);
    }

    /** Whether the payload was a message. */
    boolean receive(NodeId from, Decoder decoder) {
        M message;
        try {
            message = codec.decode(decoder);
            decoder.expectEnd();
        } catch (RuntimeException notAMessage) {
            return false;
        }
        receiver.onMessage(from, message);
        return true;
    }
}
