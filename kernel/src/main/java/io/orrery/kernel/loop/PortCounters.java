package io.orrery.kernel.loop;

/** What a node's ports sent, took and refused, in frames, since boot. Written by the node's thread alone. */
public final class PortCounters {
    long sent;
    long refused;
    long received;
    long malformed;
    long unroutable;
    long unknownVersion;

    /** Frames the transport took. */
    public long sent() {
        return sent;
    }

    /** Frames the transport refused: the peer is unknown, or its send buffer full. */
    public long refused() {
        return refused;
    }

    /** Frames that arrived, good or bad. */
    public long received() {
        return received;
    }

    /** Frames dropped because they, or the message in them, did not decode. */
    public long malformed() {
        return malformed;
    }

    /** Frames dropped because they are of a version that this node does not read. */
    public long unknownVersion() {
        return unknownVersion;
    }

    /** Frames dropped because no port is open for their channel. */
    public long unroutable() {
        return unroutable;
    }
}
