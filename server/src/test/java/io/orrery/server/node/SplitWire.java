package io.orrery.server.node;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.ForwardingTransport;
import io.orrery.kernel.host.Transport;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The wires of a cluster's nodes, which can be cut: nothing passes between the one side and the other, and nobody is told. */
final class SplitWire {
    private volatile SortedSet<NodeId> side = Collections.emptySortedSet();

    /** Cuts these nodes off from all others. */
    void cutOff(NodeId... nodes) {
        side = Collections.unmodifiableSortedSet(new TreeSet<>(List.of(nodes)));
    }

    void heal() {
        side = Collections.emptySortedSet();
    }

    Transport of(NodeId node, Transport transport) {
        return new ForwardingTransport(transport) {
            @Override
            public void start(Inbound inbound) {
                transport.start((from, delivery, frame, offset, length) ->
                        isCut(node, from) || inbound.onFrame(from, delivery, frame, offset, length));
            }

            @Override
            public boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length) {
                return !isCut(node, to) && transport.send(to, delivery, frame, offset, length);
            }
        };
    }

    private boolean isCut(NodeId a, NodeId b) {
        SortedSet<NodeId> cutOff = side;
        return cutOff.contains(a) != cutOff.contains(b);
    }
}
