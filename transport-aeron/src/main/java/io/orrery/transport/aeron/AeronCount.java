package io.orrery.transport.aeron;

import java.util.Locale;

/** What an {@link AeronTransport} counts. Frames unless said otherwise. */
public enum AeronCount {
    /** Handed to Aeron whole. */
    FRAMES_SENT,
    /** Handed to the node. */
    FRAMES_RECEIVED,
    /** Refused: the peer's address is not known. */
    UNKNOWN_PEER,
    /** Refused: the peer's send queue is full. */
    SEND_QUEUE_FULL,
    /** Dropped from a send queue: no connection came about in time. */
    UNCONNECTED_DROPPED,
    /** Sent in part when the connection broke. */
    BREAK_DROPPED,
    /** Outbound connections that reached their peer. */
    CONNECTIONS_OPENED,
    /** Outbound connections that broke. */
    CONNECTIONS_LOST,
    /** Publications that the driver refused, such as for a name that does not resolve. */
    CONNECT_FAILURES,
    /** Outbound sessions that a peer refused; the log has its reason. */
    REJECTED_BY_PEER,
    /** Inbound sessions accepted. */
    SESSIONS_ACCEPTED,
    /** Inbound sessions refused; {@link AeronCounters#refused} has them by reason. */
    SESSIONS_REFUSED,
    /** Aeron messages dropped: their session has no accepted hello. */
    WITHOUT_HELLO_DROPPED,
    /** Aeron messages dropped: a later session of their sender has been accepted. */
    SUPERSEDED_DROPPED,
    /** Aeron messages of an accepted sender that are none of this wire protocol. */
    MALFORMED_CHUNKS,
    /** Stream frames that had to wait for the node's inbox. */
    INBOX_FULL_HELD,
    /** Datagrams dropped: the node's inbox was full. */
    INBOX_FULL_DROPPED,
    /** Received in part, or waiting for the inbox, when the session broke. */
    INBOUND_BREAK_DROPPED,
    /** Times a large frame waited because others under assembly used all of their memory. */
    ASSEMBLY_WAITS,
    /** Addresses not noted: malformed, or of too many peers. */
    LEARN_REFUSED,
    /** Errors that Aeron reported. */
    ERRORS;

    /** As metrics spell it. */
    public String metric() {
        return name().toLowerCase(Locale.ROOT);
    }
}
