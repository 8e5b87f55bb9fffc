package io.orrery.kernel;

/**
 * What a protocol does with a message of a peer.
 *
 * @param <M> the protocol's message type
 */
@FunctionalInterface
public interface Receiver<M> {
    /** Handles one message. A peer's nonsense is counted and ignored here, never thrown. */
    void onMessage(NodeId from, M message);
}
