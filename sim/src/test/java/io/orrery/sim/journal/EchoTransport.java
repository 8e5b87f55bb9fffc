package io.orrery.sim.journal;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.LonelyTransport;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** A peer that sends every frame back from a thread of its own time, and a send buffer that is full every fifth time. */
final class EchoTransport extends LonelyTransport {
    private final AtomicLong sent = new AtomicLong();

    /** Hands the node bytes that are no frame. */
    void babble(byte[] bytes) {
        inbound().onFrame(NodeId.of("stranger"), Delivery.DATAGRAM, bytes, 0, bytes.length);
    }

    @Override
    public boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length) {
        if (sent.incrementAndGet() % 5 == 0) {
            return false;
        }
        inbound().onFrame(to, delivery, Arrays.copyOfRange(frame, offset, offset + length), 0, length);
        return true;
    }
}
