package io.orrery.sim.network;

import io.orrery.kernel.NodeId;

/** A node, as the network sees it. */
public interface Endpoint {
    NodeId id();

    /** Whether anybody listens: false between a crash and the restart. */
    boolean isUp();

    /** Whether the node has stopped reading for a while: frames wait, streams by back-pressure. */
    boolean isPaused();

    /**
     * Takes a frame that arrived.
     *
     * @param message the frame's number in the run
     * @return whether the array passes to the endpoint; if not, it is the network's again
     */
    boolean receive(NodeId from, byte[] frame, int length, long message);
}
