package io.orrery.kernel.loop;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage;
import io.orrery.kernel.trace.Trace;

/**
 * What a node's kernel needs from whoever hosts it: the simulator and the production host are the two worlds. Every
 * effect of a node passes through here, which is where it is traced (law 4).
 */
public interface World {
    /** What frames of a node that is made are written and read with; a world of one thread may hand out one to all. */
    default Scratch scratch() {
        return new Scratch();
    }

    /** The next number of the world's event order. */
    long nextSequence();

    /**
     * Queues an event of a node.
     *
     * @param dueNanos by the node's own monotonic clock
     * @param sequence from {@link #nextSequence()}; breaks ties
     */
    void schedule(NodeEvent event, long dueNanos, long sequence);

    /** What the frame that is transmitted next says, for whoever watches; nothing may come of it. */
    default void sending(NodeKernel from, NodeId to, Channel channel, Object message) {}

    /**
     * Sends a whole frame to another node; the world copies what it keeps.
     *
     * @return false if it is certainly lost
     */
    boolean transmit(NodeKernel from, NodeId to, Delivery delivery, byte[] frame, int length);

    /** The files of a node's scope; {@code path} is empty for the root and has a slash between nested names. */
    Storage storage(NodeKernel node, String path);

    /** Where a scope's transitions go; {@code path} as in {@link #storage}. */
    Trace trace(NodeKernel node, String path);

    /** A node broke one of its own rules, or its disk failed: it runs no further event. */
    void halted(NodeKernel node, Throwable why);
}
