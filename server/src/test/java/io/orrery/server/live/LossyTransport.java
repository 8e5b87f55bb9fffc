package io.orrery.server.live;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.Transport;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Loses datagrams on arrival, each by itself, behind real sockets: for machines on which the kernel cannot be told to. What
 * is lost has crossed the loopback, been proved and counted as received by the transport below.
 */
final class LossyTransport implements Transport {
    /** How many datagrams in a million are lost; may change at any time. */
    static final class Rate {
        private final AtomicLong lost = new AtomicLong();
        private volatile int partsPerMillion;

        void set(int newPartsPerMillion) {
            partsPerMillion = newPartsPerMillion;
        }

        /** Datagrams lost so far, by all nodes. */
        long lost() {
            return lost.get();
        }
    }

    private final Transport transport;
    private final Rate rate;
    private final SplittableRandom random = new SplittableRandom();

    LossyTransport(Transport transport, Rate rate) {
        this.transport = transport;
        this.rate = rate;
    }

    @Override
    public void start(Inbound inbound) {
        transport.start((from, delivery, frame, offset, length) -> {
            if (delivery == Delivery.DATAGRAM && random.nextInt(1_000_000) < rate.partsPerMillion) {
                rate.lost.incrementAndGet();
                return true;
            }
            return inbound.onFrame(from, delivery, frame, offset, length);
        });
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
    public void learn(NodeId node, String address) {
        transport.learn(node, address);
    }

    @Override
    public void close() {
        transport.close();
    }
}
