package io.orrery.kernel.host;

import io.orrery.kernel.loop.NodeEvent;

/**
 * Told of each event of a node, on the node's thread, right before it runs and right after: for benchmarks that want to know how
 * long one takes. Whatever it does is added to the node's work; it must not block, and not touch the node.
 */
public interface EventWatch {
    /** An event is about to run. */
    void onEvent();

    /**
     * It has run.
     *
     * @param event for its kind and subject; null for the check of the invariants after a cycle, which is watched as an event is
     */
    void onEventEnd(NodeEvent event);
}
