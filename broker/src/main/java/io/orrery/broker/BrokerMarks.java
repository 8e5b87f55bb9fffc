package io.orrery.broker;

import io.orrery.kernel.trace.Mark;

/** Rare situations of the broker that simulations are expected to reach. */
public final class BrokerMarks {
    /** A node asked for a change of one that does not lead. */
    public static final Mark JOIN_REDIRECTED = new Mark("broker.join-redirected");

    public static final Mark NODE_PROMOTED = new Mark("broker.node-promoted");
    public static final Mark NODE_REMOVED = new Mark("broker.node-removed");

    /** A node's rows vanished because it died, left, or lives again. */
    public static final Mark ROUTES_CLEARED = new Mark("broker.routes-cleared");

    /** A link ended with messages on it. */
    public static final Mark FORWARDS_DROPPED = new Mark("broker.forwards-dropped");

    /** A link's messages were sent again. */
    public static final Mark FORWARD_RESENT = new Mark("broker.forward-resent");

    /** A message came a second time and was not taken. */
    public static final Mark FORWARD_DUPLICATE = new Mark("broker.forward-duplicate");

    /** A message came before one that was lost. */
    public static final Mark FORWARD_GAP = new Mark("broker.forward-gap");

    /** A client connected to another node while its session was open here. */
    public static final Mark TAKEN_OVER_ACROSS_NODES = new Mark("broker.taken-over-across-nodes");

    /** A publish was refused because a link was full. */
    public static final Mark PUBLISH_OVERLOADED = new Mark("broker.publish-overloaded");

    private BrokerMarks() {}
}
