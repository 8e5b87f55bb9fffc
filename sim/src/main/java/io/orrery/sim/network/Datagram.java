package io.orrery.sim.network;

import io.orrery.sim.event.WorldEvent;

/** A packet on its way. */
final class Datagram extends WorldEvent {
    private final Link link;
    private final Endpoint to;
    private final byte[] frame;
    private final long message;

    Datagram(Link link, Endpoint to, byte[] frame, long message) {
        this.link = link;
        this.to = to;
        this.frame = frame;
        this.message = message;
    }

    @Override
    public void happen(long sequence) {
        link.onDatagram(this);
    }

    Endpoint to() {
        return to;
    }

    byte[] frame() {
        return frame;
    }

    long message() {
        return message;
    }
}
