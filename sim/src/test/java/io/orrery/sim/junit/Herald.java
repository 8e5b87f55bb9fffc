package io.orrery.sim.junit;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.List;

/** Sends each number once to every other node, and hopes. */
final class Herald implements Protocol {
    private static final Codec<Long> NUMBERS = new Codec<>() {
        @Override
        public void encode(Long number, Encoder out) {
            out.writeLong(number);
        }

        @Override
        public Long decode(Decoder in) {
            return in.readLong();
        }
    };

    private final Kernel kernel;
    private final List<NodeId> all;
    private final boolean strict;
    private final Port<Long> port;
    private long sent;
    private long heard;

    /**
     * @param strict whether many numbers lost break a rule of the node that hears the next
     */
    Herald(Kernel kernel, List<NodeId> all, boolean strict) {
        this.kernel = kernel;
        this.all = all;
        this.strict = strict;
        this.port = kernel.open(new Channel(1000, 0, Delivery.DATAGRAM), NUMBERS, this::onNumber);
    }

    @Override
    public void start() {
        kernel.trace().transition("ready", "");
    }

    void send() {
        sent++;
        for (NodeId node : all) {
            if (!node.equals(kernel.self())) {
                port.send(node, sent);
            }
        }
    }

    private void onNumber(NodeId from, long number) {
        heard++;
        kernel.trace().transition("heard", Long.toString(number));
        Check.that(!strict || number <= heard + 4, "few numbers are lost", number, heard);
    }

    long sent() {
        return sent;
    }

    long heard() {
        return heard;
    }
}
