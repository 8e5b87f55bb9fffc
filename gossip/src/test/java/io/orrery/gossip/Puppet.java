package io.orrery.gossip;

import io.orrery.gossip.message.GossipCodec;
import io.orrery.gossip.message.GossipMessage;
import io.orrery.gossip.owner.message.OwnerCodec;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import java.util.ArrayList;
import java.util.List;

/** A node that says what it is told to, and remembers what it hears. */
final class Puppet implements Protocol {
    final List<GossipMessage> heard = new ArrayList<>();
    final List<OwnerMessage> heardOfRows = new ArrayList<>();
    private final Port<GossipMessage> datagrams;
    private final Port<GossipMessage> streams;
    private final Port<OwnerMessage> rows;

    Puppet(Kernel kernel) {
        datagrams = kernel.open(
                new Channel(1, 0, Delivery.DATAGRAM), GossipCodec.INSTANCE, (from, message) -> heard.add(message));
        streams = kernel.open(
                new Channel(2, 0, Delivery.STREAM), GossipCodec.INSTANCE, (from, message) -> heard.add(message));
        rows = kernel.open(
                new Channel(3, 0, Delivery.STREAM), OwnerCodec.INSTANCE, (from, message) -> heardOfRows.add(message));
    }

    @Override
    public void start() {}

    void say(NodeId to, GossipMessage message) {
        boolean byStream = message instanceof GossipMessage.Sync || message instanceof GossipMessage.Refusal;
        (byStream ? streams : datagrams).send(to, message);
    }

    void say(NodeId to, OwnerMessage message) {
        rows.send(to, message);
    }

    <M> List<M> heard(Class<M> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
