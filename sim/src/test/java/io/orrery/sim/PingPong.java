package io.orrery.sim;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/** Two nodes that answer each other for ever. */
final class PingPong implements Protocol {
    static final Codec<Long> NUMBERS = new Codec<>() {
        @Override
        public void encode(Long message, Encoder out) {
            out.writeVarLong(message);
        }

        @Override
        public Long decode(Decoder in) {
            return in.readVarLong();
        }
    };

    private final Kernel kernel;
    private final NodeId peer;
    private final Port<Long> port;
    private long received;

    PingPong(Kernel kernel, NodeId peer, Delivery delivery) {
        this.kernel = kernel;
        this.peer = peer;
        this.port = kernel.open(new Channel(1000, 0, delivery), NUMBERS, this::onNumber);
    }

    @Override
    public void start() {
        if (kernel.self().compareTo(peer) < 0) {
            port.send(peer, 1L);
        }
    }

    private void onNumber(NodeId from, Long number) {
        received++;
        port.send(from, number + 1);
    }

    long received() {
        return received;
    }
}
