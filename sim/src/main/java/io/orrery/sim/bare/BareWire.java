package io.orrery.sim.bare;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.NodeKernel;
import java.util.ArrayDeque;

/**
 * The frames on their way to one node, as a transport has them: copied into buffers that are used again when the node has read
 * them and kept no slice.
 *
 * <p>For one thread.
 */
final class BareWire {
    private static final int BUFFER_BYTES_MIN = 1024;
    private static final int SPARES_MAX = 64;

    private final NodeKernel node;
    private final ArrayDeque<DeliverEvent> spares = new ArrayDeque<>();

    BareWire(NodeKernel node) {
        this.node = node;
    }

    /** A copy of the frame, to be delivered. */
    DeliverEvent carry(NodeId from, byte[] frame, int length) {
        DeliverEvent event = spares.isEmpty() ? new DeliverEvent(node) : spares.removeLast();
        byte[] buffer = event.array();
        if (buffer == null || buffer.length < length) {
            buffer = new byte[Math.max(BUFFER_BYTES_MIN, Integer.highestOneBit(length) << 1)];
        }
        System.arraycopy(frame, 0, buffer, 0, length);
        event.load(from, buffer, 0, length);
        return event;
    }

    /** The node has read the frame. */
    void onDelivered(DeliverEvent event) {
        if (!event.isKept() && spares.size() < SPARES_MAX) {
            spares.addLast(event);
        }
    }
}
