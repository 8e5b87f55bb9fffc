package io.orrery.server.node;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.ForwardingTransport;
import io.orrery.kernel.host.Transport;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Notes when each peer was last heard, by any frame, for operators; else it is the transport it is given. */
final class HeardTransport extends ForwardingTransport {
    private final ConcurrentHashMap<NodeId, AtomicLong> heard = new ConcurrentHashMap<>();

    private volatile SortedSet<NodeId> cut = Collections.emptySortedSet();

    HeardTransport(Transport transport) {
        super(transport);
    }

    /** From here on nothing goes to these nodes, nor is anything taken from them: for tests that split a cluster. */
    void cut(SortedSet<NodeId> nodes) {
        cut = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    /** Milliseconds since the last frame of a peer, or -1 if there was none. */
    long silenceMillis(NodeId peer) {
        AtomicLong last = heard.get(peer);
        return last == null ? -1 : (System.nanoTime() - last.get()) / 1_000_000;
    }

    @Override
    public void start(Inbound inbound) {
        transport.start((from, delivery, frame, offset, length) -> {
            if (cut.contains(from)) {
                return true;
            }
            heard.computeIfAbsent(from, peer -> new AtomicLong()).lazySet(System.nanoTime());
            return inbound.onFrame(from, delivery, frame, offset, length);
        });
    }

    @Override
    public boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length) {
        return !cut.contains(to) && transport.send(to, delivery, frame, offset, length);
    }
}
