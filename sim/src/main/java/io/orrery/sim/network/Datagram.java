package io.orrery.sim.network;

import io.orrery.sim.event.WorldEvent;

/** A packet on its way. */
final class Datagram extends WorldEvent {
    private final Link link;
    private final byte[] frame;

    Datagram(Link link, byte[] frame) {
        this.link = link;
        this.frame = frame;
    }

    @Override
    public void happen(long sequence) {
        link.onDatagram(frame);
    }
}
