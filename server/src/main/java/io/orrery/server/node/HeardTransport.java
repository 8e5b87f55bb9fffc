package io.orrery.server.node;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.ForwardingTransport;
import io.orrery.kernel.host.Transport;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Notes when each peer was last heard, by any frame, for operators; else it is the transport it is given. */
final class HeardTransport extends ForwardingTransport {
    private final ConcurrentHashMap<NodeId, AtomicLong> heard = new ConcurrentHashMap<>();

    HeardTransport(Transport transport) {
        super(transport);
    }

    /** Milliseconds since the last frame of a peer, or -1 if there was none. */
    long silenceMillis(NodeId peer) {
        AtomicLong last = heard.get(peer);
        return last == null ? -1 : (System.nanoTime() - last.get()) / 1_000_000;
    }

    @Override
    public void start(Inbound inbound) {
        transport.start((from, delivery, frame, offset, length) -> {
            heard.computeIfAbsent(from, peer -> new AtomicLong()).lazySet(System.nanoTime());
            return inbound.onFrame(from, delivery, frame, offset, length);
        });
    }
}
