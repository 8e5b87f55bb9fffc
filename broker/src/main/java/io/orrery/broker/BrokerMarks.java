package io.orrery.broker;

import io.orrery.kernel.trace.Mark;
import java.util.List;

/** Rare situations of the broker that simulations are expected to reach. */
public final class BrokerMarks {
    /** A node asked for a change of one that does not lead. */
    public static final Mark JOIN_REDIRECTED = new Mark("broker.join-redirected");

    public static final Mark NODE_PROMOTED = new Mark("broker.node-promoted");
    public static final Mark NODE_REMOVED = new Mark("broker.node-removed");

    /** A node's rows vanished because it died, left, or lives again. */
    public static final Mark ROUTES_CLEARED = new Mark("broker.routes-cleared");

    /** A node restarted as one of a minority after a split. */
    public static final Mark MINORITY_RESTARTED = new Mark("broker.minority-restarted");

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

    /** A message was for an earlier life of the node that got it. */
    public static final Mark FORWARD_FOR_OTHER_LIFE = new Mark("broker.forward-for-other-life");

    /** A peer began a new link, and its numbers began anew. */
    public static final Mark LINK_RENEWED = new Mark("broker.link-renewed");

    /** An acknowledgement came for a link that has ended. */
    public static final Mark ACK_OF_OLD_LINK = new Mark("broker.ack-of-old-link");

    /** A publisher was read no more until a link had drained. */
    public static final Mark PUBLISHER_HELD_BACK = new Mark("broker.publisher-held-back");

    /** A client came before the node knew which life of itself it lives. */
    public static final Mark CONNECT_TOO_EARLY = new Mark("broker.connect-too-early");

    /** A client connected again to the node where its session was open. */
    public static final Mark TAKEN_OVER_HERE = new Mark("broker.taken-over-here");

    /** A node left the cluster. */
    public static final Mark NODE_LEFT = new Mark("broker.node-left");

    /** A node that had left joined again without a restart. */
    public static final Mark NODE_CAME_BACK = new Mark("broker.node-came-back");

    /** No leader answered the request to remove a node. */
    public static final Mark REMOVAL_TIMED_OUT = new Mark("broker.removal-timed-out");

    /** The removal of a node was refused, since it runs. */
    public static final Mark REMOVAL_OF_LIVE_REFUSED = new Mark("broker.removal-of-live-refused");

    /** A member that heard of no leader asked for its place, in case it had been forgotten. */
    public static final Mark LEADERLESS_MEMBER_ASKED = new Mark("broker.leaderless-member-asked");

    /** A leader had a request to join wait: another change was under way, or the node was not seen alive. */
    public static final Mark JOIN_PUT_OFF = new Mark("broker.join-put-off");

    /** All of them, for burns. */
    public static final List<Mark> ALL = List.of(
            JOIN_REDIRECTED,
            NODE_PROMOTED,
            NODE_REMOVED,
            ROUTES_CLEARED,
            MINORITY_RESTARTED,
            FORWARDS_DROPPED,
            FORWARD_RESENT,
            FORWARD_DUPLICATE,
            FORWARD_GAP,
            TAKEN_OVER_ACROSS_NODES,
            PUBLISH_OVERLOADED,
            FORWARD_FOR_OTHER_LIFE,
            LINK_RENEWED,
            ACK_OF_OLD_LINK,
            PUBLISHER_HELD_BACK,
            CONNECT_TOO_EARLY,
            TAKEN_OVER_HERE,
            NODE_LEFT,
            NODE_CAME_BACK,
            REMOVAL_TIMED_OUT,
            REMOVAL_OF_LIVE_REFUSED,
            LEADERLESS_MEMBER_ASKED,
            JOIN_PUT_OFF);

    private BrokerMarks() {}
}
