package io.orrery.kernel.host;

import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;

/**
 * Carries frames between nodes, with the guarantees of {@link Delivery}; {@code TransportContractTest} is its law.
 *
 * <p>{@link #send}, {@link #flush} and {@link #poll} are for the node's thread; {@link #learn} and {@link #close} for any.
 */
public interface Transport extends AddressBook, AutoCloseable {
    /** Binds and begins to receive. Called once, before anything else. */
    void start(Inbound inbound);

    /**
     * Takes a frame for a peer; copies it before returning. It may wait for {@link #flush}.
     *
     * @return false if the frame is certainly lost: the peer's address is unknown, or its send buffer is full
     */
    boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length);

    /** Puts on the wire what was taken since the last call; once per duty cycle. */
    void flush();

    /**
     * Does the transport's own work on the node's thread, for those that have no threads of their own.
     *
     * @return a count of what was done; 0 lets the node idle
     */
    int poll();

    /** Unbinds and frees everything; frames not yet sent may be lost. */
    @Override
    void close();

    /** Where frames go that came in. */
    @FunctionalInterface
    interface Inbound {
        /**
         * Takes a frame; may be called on any thread. The array passes to the callee, which does not copy it.
         *
         * @param from the peer, as authenticated by the transport
         * @return false if the node's inbox is full: a stream must hold the frame and stop reading until it is taken, a
         *     datagram is dropped and counted
         */
        boolean onFrame(NodeId from, Delivery delivery, byte[] frame, int offset, int length);
    }
}
