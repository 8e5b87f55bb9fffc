package io.orrery.kernel;

/**
 * One node's end of a {@link Channel}.
 *
 * @param <M> the protocol's message type
 */
public interface Port<M> {
    /**
     * Sends a message; it is encoded before this call returns.
     *
     * @return whether the transport took it. False means it is certainly lost (peer unknown, or its send buffer full),
     *     and was counted; true promises nothing.
     */
    boolean send(NodeId to, M message);

    /** The newest version that a peer was last heard to read of those that this node reads; 0 if it was not heard yet. */
    int version(NodeId peer);

    /** Closes the channel on this node: later frames for it are counted as unroutable and dropped. */
    void close();
}
