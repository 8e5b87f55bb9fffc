package io.orrery.kernel.host;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;

/** Another transport, but for what a subclass does otherwise. Threads as {@link Transport} has them. */
public abstract class ForwardingTransport implements Transport {
    protected final Transport transport;

    protected ForwardingTransport(Transport transport) {
        this.transport = transport;
    }

    @Override
    public void start(Inbound inbound) {
        transport.start(inbound);
    }

    @Override
    public boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length) {
        return transport.send(to, delivery, frame, offset, length);
    }

    @Override
    public void flush() {
        transport.flush();
    }

    @Override
    public int poll() {
        return transport.poll();
    }

    @Override
    public boolean canAwait() {
        return transport.canAwait();
    }

    @Override
    public void await(long nanosMax) {
        transport.await(nanosMax);
    }

    @Override
    public void wakeUp() {
        transport.wakeUp();
    }

    @Override
    public long sleepNanosMax() {
        return transport.sleepNanosMax();
    }

    @Override
    public void learn(NodeId peer, String address) {
        transport.learn(peer, address);
    }

    @Override
    public void close() {
        transport.close();
    }
}
