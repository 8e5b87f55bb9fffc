package io.orrery.server.node;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Frame;
import io.orrery.kernel.host.ForwardingTransport;
import io.orrery.kernel.host.Transport;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The wires of a cluster's nodes, which can be cut: nothing passes between the one side and the other, and nobody is told. */
final class SplitWire {
    private static final int ALL = -1;

    private record Cut(SortedSet<NodeId> side, int protocol) {}

    private volatile Cut cut = new Cut(Collections.emptySortedSet(), ALL);

    /** Cuts these nodes off from all others. */
    void cutOff(NodeId... nodes) {
        cutOffFor(ALL, nodes);
    }

    /** Loses what one protocol says between these nodes and all others; the rest passes. Not for sealed frames. */
    void cutOffFor(int protocol, NodeId... nodes) {
        cut = new Cut(Collections.unmodifiableSortedSet(new TreeSet<>(List.of(nodes))), protocol);
    }

    void heal() {
        cut = new Cut(Collections.emptySortedSet(), ALL);
    }

    Transport of(NodeId node, Transport transport) {
        return new ForwardingTransport(transport) {
            @Override
            public void start(Inbound inbound) {
                transport.start((from, delivery, frame, offset, length) ->
                        isLost(node, from, frame, offset) || inbound.onFrame(from, delivery, frame, offset, length));
            }

            @Override
            public boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length) {
                return !isLost(node, to, frame, offset) && transport.send(to, delivery, frame, offset, length);
            }
        };
    }

    private boolean isLost(NodeId a, NodeId b, byte[] frame, int offset) {
        Cut now = cut;
        boolean isCut = now.side.contains(a) != now.side.contains(b);
        return isCut && (now.protocol == ALL || now.protocol == Frame.protocol(frame, offset));
    }
}
