package io.orrery.kernel;

/** What a channel's messages may suffer on their way. */
public enum Delivery {
    /** May be lost, duplicated and reordered; must fit one packet of {@link #DATAGRAM_BYTES_MAX} with its frame. */
    DATAGRAM,
    /** In order and without duplicates while the connection lives; lost from some point on when it breaks. */
    STREAM;

    /** The IPv6 minimum MTU less its headers: a packet of this size crosses any network unfragmented. */
    public static final int PACKET_BYTES_MAX = 1232;

    /**
     * What a transport may put around a datagram's frame: who sent it, the proof of that, and the seal. A transport whose
     * envelope is larger, such as for a node of a very long name, does not start.
     */
    public static final int ENVELOPE_BYTES_MAX = 120;

    /** The largest frame of a datagram: with its envelope it is one packet. */
    public static final int DATAGRAM_BYTES_MAX = PACKET_BYTES_MAX - ENVELOPE_BYTES_MAX;

    /** The largest frame on a stream. A length beyond it is a broken or hostile peer. */
    public static final int STREAM_BYTES_MAX = 16 * 1024 * 1024;
}
