package io.orrery.server.live;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.host.ForwardingTransport;
import io.orrery.kernel.host.Transport;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Loses datagrams on arrival, each by itself, behind real sockets: for machines on which the kernel cannot be told to. What
 * is lost has crossed the loopback, been proved and counted as received by the transport below.
 */
final class LossyTransport extends ForwardingTransport {
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

    private final Rate rate;
    private final SplittableRandom random = new SplittableRandom();

    LossyTransport(Transport transport, Rate rate) {
        super(transport);
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
}
