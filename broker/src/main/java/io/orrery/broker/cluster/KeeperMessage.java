package io.orrery.broker.cluster;

import io.orrery.kernel.NodeId;

/** What nodes say to each other about who belongs to Raft group 0; protocol 7, on streams. */
public sealed interface KeeperMessage {
    /** The sender wants the cluster's state, and a vote if it is primary; repeated until it has both. */
    record JoinRequest(NodeRole role) implements KeeperMessage {}

    /**
     * A node is to be forgotten.
     *
     * @param request the sender's number for it
     */
    record RemoveRequest(long request, NodeId node) implements KeeperMessage {}

    /** The receiver asked one that does not lead; this one may. */
    record Redirect(NodeId leader) implements KeeperMessage {}

    /**
     * How a removal ended.
     *
     * @param reason why it failed; empty if it did not
     */
    record RemoveDone(long request, String reason) implements KeeperMessage {}
}
