package io.orrery.broker.input;

import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SubscribeRequest;
import io.orrery.kernel.NodeId;
import java.util.List;

/**
 * Something that is done to a broker node from outside, as data. A client is the number of its CONNECT on this incarnation
 * of the node, from 0.
 */
public sealed interface Input {
    record Connect(ConnectRequest request) implements Input {}

    record Publish(long client, Message message, int packetId) implements Input {}

    record PubAck(long client, int packetId) implements Input {}

    record Subscribe(long client, SubscribeRequest request) implements Input {}

    record Unsubscribe(long client, String filter) implements Input {}

    record Writable(long client) implements Input {}

    record Disconnect(long client, ReasonCode reason) implements Input {}

    record LinkLost(long client) implements Input {}

    record End(long client, ReasonCode reason, boolean withWill) implements Input {}

    /** Contacts members of a cluster, to get a place in it. */
    record Join(List<NodeId> seeds) implements Input {}

    /** Forms a cluster of this node alone. */
    record Init() implements Input {}

    /** Asks for a place in the cluster again, after a leave that failed. */
    record Stay() implements Input {}

    /** Has a node forgotten. */
    record Forget(NodeId node) implements Input {}

    /** Adds a namespace to the registry, or removes one. */
    record ChangeNamespace(boolean adds, String name) implements Input {}

    /** Registers a client, or changes what is registered of it. */
    record RegisterClient(String namespace, String clientId, List<String> purposes, String description)
            implements Input {}

    /** Ends a client's registration. */
    record UnregisterClient(String namespace, String clientId) implements Input {}

    /** Hands over what this node leads. */
    record HandOver() implements Input {}

    /** Hands the leadership of Raft group 0 to a voter. */
    record Transfer(NodeId to) implements Input {}

    /** Forces the voters of Raft group 0. */
    record Recover(List<NodeId> voters) implements Input {}

    /** Tells the members that this node goes. */
    record Farewell() implements Input {}
}
