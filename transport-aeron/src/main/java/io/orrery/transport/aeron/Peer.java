package io.orrery.transport.aeron;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;

/** A node that can be sent to, at one address. */
final class Peer {
    private final Address address;
    private final Lane streams;
    private final Lane datagrams;

    Peer(Outbound owner, NodeId node, Address address) {
        this.address = address;
        this.streams = new Lane(owner, node, address, Delivery.STREAM);
        this.datagrams = new Lane(owner, node, address, Delivery.DATAGRAM);
    }

    Address address() {
        return address;
    }

    Lane lane(Delivery delivery) {
        return delivery == Delivery.STREAM ? streams : datagrams;
    }

    void close() {
        streams.close();
        datagrams.close();
    }
}
