package io.orrery.server.mqtt;

import io.orrery.broker.input.ClientInputs;
import io.orrery.broker.session.ClientLink;
import io.orrery.broker.session.ConnectRequest;

/** The way from connections to the node that serves them. */
public interface NodeGate {
    /**
     * Runs a task as an event of the node; from any thread.
     *
     * @return false if the node has no room now, or has ended
     */
    boolean submit(Runnable task);

    /** Whether the node has ended for good, so that no task will be taken any more; from any thread. */
    boolean isClosed();

    /**
     * Stands for the incarnation of the node that runs: sessions of another one are dead. For the node's thread.
     */
    Object incarnation();

    /** Opens a session, or refuses it; on the node's thread. */
    ClientInputs connect(ConnectRequest request, ClientLink link);
}
