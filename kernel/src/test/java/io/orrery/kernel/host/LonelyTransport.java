package io.orrery.kernel.host;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;

/** A transport without peers: nothing that is sent gets anywhere, and only {@link #inbound} brings frames. To be extended. */
public class LonelyTransport implements Transport {
    private volatile Inbound inbound;

    /** Where a test hands in frames; null before the start. */
    public final Inbound inbound() {
        return inbound;
    }

    @Override
    public void start(Inbound into) {
        inbound = into;
    }

    @Override
    public boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length) {
        return false;
    }

    @Override
    public void flush() {}

    @Override
    public int poll() {
        return 0;
    }

    @Override
    public void learn(NodeId node, String address) {}

    @Override
    public void close() {}
}
