package io.orrery.transport.aeron;

import java.util.Locale;

/** What an {@link AeronTransport} counts. Frames unless said otherwise. */
public enum AeronCount {
    FRAMES_SENT("Frames handed to Aeron whole."),
    FRAMES_RECEIVED("Frames that arrived whole and were handed to the node."),
    UNKNOWN_PEER("Frames not sent: the other node's address is not known."),
    SEND_QUEUE_FULL("Frames not sent: the queue of those for that node is full."),
    UNCONNECTED_DROPPED("Frames dropped from a queue of those to send, because no connection came about in time."),
    BREAK_DROPPED("Frames sent in part when their connection broke."),
    CONNECTIONS_OPENED("Outbound connections that reached the other node."),
    CONNECTIONS_LOST("Outbound connections that broke."),
    CONNECT_FAILURES("Publications that the media driver refused, such as for a name that does not resolve."),
    REJECTED_BY_PEER("Outbound sessions that the other node refused; this node's log has its reason."),
    SESSIONS_ACCEPTED("Sessions of other nodes that proved who they are and were accepted."),
    /** Inbound sessions refused; metrics show them by reason alone. */
    SESSIONS_REFUSED("Sessions of other nodes that were refused."),
    WITHOUT_HELLO_DROPPED("Aeron messages dropped: their session has no accepted hello."),
    SUPERSEDED_DROPPED("Aeron messages dropped: a later session of their sender has been accepted."),
    MALFORMED_CHUNKS("Aeron messages of an accepted sender that are none of this protocol."),
    INBOX_FULL_HELD("Stream frames that had to wait because the node's inbox was full."),
    INBOX_FULL_DROPPED("Datagrams dropped because the node's inbox was full."),
    INBOUND_BREAK_DROPPED("Frames received in part, or waiting for the inbox, when their session broke."),
    ASSEMBLY_WAITS("Times that a large frame waited because others being put together used all of their memory."),
    LEARN_REFUSED("Addresses of other nodes that were not noted: malformed, or of too many nodes."),
    ERRORS("Errors that Aeron reported; this node's log has them.");

    private final String help;

    AeronCount(String help) {
        this.help = help;
    }

    /** For operators: what is counted. */
    public String help() {
        return help;
    }

    /** As metrics spell it. */
    public String metric() {
        return name().toLowerCase(Locale.ROOT);
    }
}
