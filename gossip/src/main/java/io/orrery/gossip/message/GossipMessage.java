package io.orrery.gossip.message;

import io.orrery.kernel.NodeId;
import java.util.List;

/**
 * The messages of membership. Those that travel as datagrams carry claims, as many as fit: this is the infection-style
 * dissemination of SWIM, section 4.1.
 */
public sealed interface GossipMessage {
    Header header();

    /** What is claimed of members on the side; empty for messages that carry something else. */
    default List<Claim> claims() {
        return List.of();
    }

    /**
     * Are you there? Answered by an {@link Ack} of the same number (SWIM, section 3.1).
     *
     * @param held what the sender holds of the receiver, so that a wrong belief is refuted by the very answer
     */
    record Ping(Header header, long number, Held held, List<Claim> claims) implements GossipMessage {}

    /**
     * I am here.
     *
     * @param held what the sender holds of the receiver
     */
    record Ack(Header header, long number, Held held, List<Claim> claims) implements GossipMessage {}

    /** Ping {@code target} for me, and tell me by {@link IndirectAck} of the same number if it answers. */
    record PingReq(Header header, long number, NodeId target, List<Claim> claims) implements GossipMessage {}

    /** {@code target} answered the ping that you asked for. */
    record IndirectAck(Header header, long number, NodeId target, List<Claim> claims) implements GossipMessage {}

    /**
     * {@code target} has not answered the ping that you asked for: the sender at least was there to say so (Lifeguard,
     * section IV.A). Since version 2.
     */
    record Nack(Header header, long number, NodeId target, List<Claim> claims) implements GossipMessage {}

    /** Nothing but claims. Not answered. */
    record Rumours(Header header, List<Claim> claims) implements GossipMessage {}

    /**
     * A part of all that the sender knows: push/pull. Goes by stream.
     *
     * @param answer false if the receiver is to send its own state in turn, after the last part
     * @param last whether no further part follows
     */
    record Sync(Header header, boolean answer, boolean last, List<Aged> entries) implements GossipMessage {}

    /**
     * All that the sender holds, in 64 bits: whoever holds something else begins a push/pull of the whole. Goes by stream, since
     * version 2.
     */
    record Digest(Header header, long digest) implements GossipMessage {}

    /** The sender will not talk to the receiver, for this reason. Answers a sync, by stream. */
    record Refusal(Header header, String reason) implements GossipMessage {}
}
