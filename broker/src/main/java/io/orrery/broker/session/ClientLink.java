package io.orrery.broker.session;

/**
 * One client's connection, as its session sees it; a listener implements it on a socket, tests on a simulated client.
 *
 * <p>All calls come on the node's thread, some of them from inside calls on the {@link ClientSession}; an implementation
 * must not call the session back from within. After {@link #close} no call follows.
 */
public interface ClientLink {
    /**
     * Sends a PUBLISH.
     *
     * @param qos 0 or 1: the lower of the message's and the subscription's
     * @param retain the flag to send
     * @param packetId 1 to 65,535 for QoS 1, else 0
     * @param duplicate whether it may have been sent before on this session
     * @param subscriptionIds of all matching subscriptions that have one, ascending; empty if none; not to be written to
     * @return false if it was not sent and never will be, for example because the client takes no packet of that size;
     *     the session then counts it and frees the packet id
     */
    boolean publish(Message message, int qos, boolean retain, int packetId, boolean duplicate, int[] subscriptionIds);

    /** Answers the client's PUBLISH of QoS 1. In the order of the publishes. */
    void pubAck(int packetId, ReasonCode reason);

    /** Whether a publish would go out, rather than pile up in memory. The listener calls onWritable when it turns true. */
    boolean isWritable();

    /** Stops reading from the client, or goes on: how publishers are held back while the cluster is slow. */
    void pauseReading(boolean pause);

    /** Ends the connection, after a DISCONNECT with the reason where the protocol has one. */
    void close(ReasonCode reason);
}
