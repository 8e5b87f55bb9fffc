package io.orrery.sim.exhaust;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import java.util.ArrayList;
import java.util.List;

/** A node of a small world: its incarnation, its disk, and its timers. */
final class SmallNode {
    /** A timer's entry: it may have been put off or given up since. */
    record Armed(NodeEvent timer, long dueNanos, long sequence) {}

    final NodeId id;
    final SmallDisk disk = new SmallDisk();
    final List<Armed> timers = new ArrayList<>();
    NodeKernel kernel;
    int lives;
    /** Of all that happened to the node, in order: what it is now follows from that alone. */
    long history;

    SmallNode(NodeId id) {
        this.id = id;
    }

    /** The entry that is due first. */
    Armed firstTimer() {
        Armed first = null;
        for (Armed armed : timers) {
            boolean isSooner = first == null
                    || armed.dueNanos < first.dueNanos
                    || armed.dueNanos == first.dueNanos && armed.sequence < first.sequence;
            first = isSooner ? armed : first;
        }
        return first;
    }
}
