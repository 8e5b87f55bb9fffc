package io.orrery.broker.forward;

import io.orrery.broker.route.RouteOwner;
import io.orrery.broker.route.RouteTable;
import io.orrery.broker.session.Message;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;

/** A node that only forwards: its generation and its peers' are told to it. */
final class ForwardNode implements Protocol {
    final Forwarder forwarder;
    final List<String> received = new ArrayList<>();
    final RouteTable peers = new RouteTable(0);
    final Kernel kernel;
    long generation;

    ForwardNode(Kernel kernel, ForwardConfig config, long generation) {
        this.kernel = kernel;
        this.generation = generation;
        forwarder = new Forwarder(
                kernel,
                config,
                2,
                () -> this.generation,
                message -> received.add(message.payload().utf8()));
    }

    @Override
    public void start() {}

    /** The link to a peer in a life of it. */
    ForwardLink link(NodeId peer, long peerGeneration) {
        peers.add(peer, peerGeneration, TopicFilter.of("x"));
        return forwarder.link(peers.owner(peer));
    }

    /** The peer is held dead. */
    void drop(NodeId peer) {
        RouteOwner owner = peers.clear(peer);
        forwarder.onCleared(owner);
        peers.sweep(10);
    }

    static Message message(String text) {
        return Message.of("x", Bytes.ofUtf8(text), 1);
    }
}
