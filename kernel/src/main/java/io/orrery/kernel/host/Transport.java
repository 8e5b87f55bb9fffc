package io.orrery.kernel.host;

import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;

/**
 * Carries frames between nodes, with the guarantees of {@link Delivery}; {@code TransportContractTest} is its law.
 *
 * <p>{@link #learn} and {@link #wakeUp} are for any thread, all the rest for the node's.
 */
public interface Transport extends AddressBook, AutoCloseable {
    /**
     * Binds and begins to receive. Called once, before anything else.
     *
     * @throws HostException if it cannot, such as for a port in use: the text names the address and what to do
     */
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

    /** Whether {@link #await} waits. If not, the host parks the node's thread by its own means. */
    default boolean canAwait() {
        return false;
    }

    /**
     * Waits for traffic on the node's thread, and takes in what comes, for transports whose sockets can be waited on.
     * Returns when there is some, after {@code nanosMax}, after {@link #wakeUp}, or for no reason.
     */
    default void await(long nanosMax) {}

    /** Ends the {@link #await} under way, or the next one; from any thread. */
    default void wakeUp() {}

    /**
     * The longest time in nanoseconds that the node's thread may sleep between two calls of {@link #poll}; for
     * transports that learn of traffic only by polling. Others keep the default.
     */
    default long sleepNanosMax() {
        return Long.MAX_VALUE;
    }

    /** Unbinds and frees everything; frames not yet sent may be lost. Further calls do nothing. */
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
