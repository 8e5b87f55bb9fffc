package io.orrery.gossip.traffic;

import io.orrery.gossip.message.GossipMessage;
import io.orrery.gossip.message.GossipMessage.Ack;
import io.orrery.gossip.message.GossipMessage.Digest;
import io.orrery.gossip.message.GossipMessage.IndirectAck;
import io.orrery.gossip.message.GossipMessage.Nack;
import io.orrery.gossip.message.GossipMessage.Ping;
import io.orrery.gossip.message.GossipMessage.PingReq;
import io.orrery.gossip.message.GossipMessage.Rumours;
import io.orrery.gossip.message.GossipMessage.Sync;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Digests;
import io.orrery.gossip.owner.message.OwnerMessage.Fetch;
import io.orrery.gossip.owner.message.OwnerMessage.Summary;
import io.orrery.kernel.codec.Codec;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Messages and bytes of a protocol since its boot, by kind: sent ones as they are handed to the transport, also if that
 * refuses them; received ones that could be read. Bytes are those of the frame, without what a transport puts around it. For
 * the node's thread.
 */
public final class Traffic {
    private static final int SENT = 0;
    private static final int SENT_BYTES = 1;
    private static final int RECEIVED = 2;
    private static final int RECEIVED_BYTES = 3;
    private static final int EACH = 4;

    private final List<String> kinds;
    /** Of each kind four numbers, side by side: who counts one kind touches one place. */
    private final long[] counts;

    private Traffic(List<String> kinds) {
        this.kinds = kinds;
        counts = new long[kinds.size() * EACH];
    }

    /** Of membership. */
    public static Traffic ofGossip() {
        return new Traffic(
                List.of("ping", "ack", "ping_req", "indirect_ack", "nack", "rumours", "sync", "refusal", "digest"));
    }

    /** Of the owner log. */
    public static Traffic ofRows() {
        return new Traffic(List.of("digests", "fetch", "batch", "chunk", "summary"));
    }

    /** A codec of membership that counts here. */
    public Codec<GossipMessage> gossip(Codec<GossipMessage> codec) {
        return counted(codec, Traffic::kind);
    }

    /** A codec of the owner log that counts here. */
    public Codec<OwnerMessage> rows(Codec<OwnerMessage> codec) {
        return counted(codec, Traffic::kind);
    }

    private <M> Codec<M> counted(Codec<M> codec, ToIntFunction<M> kindOf) {
        return new CountedCodec<>(codec, kindOf, this);
    }

    private static int kind(GossipMessage message) {
        if (message instanceof Ping) {
            return 0;
        }
        if (message instanceof Ack) {
            return 1;
        }
        if (message instanceof Rumours) {
            return 5;
        }
        if (message instanceof PingReq) {
            return 2;
        }
        if (message instanceof IndirectAck) {
            return 3;
        }
        return message instanceof Nack ? 4 : message instanceof Sync ? 6 : message instanceof Digest ? 8 : 7;
    }

    private static int kind(OwnerMessage message) {
        if (message instanceof Summary) {
            return 4;
        }
        if (message instanceof Digests) {
            return 0;
        }
        return message instanceof Fetch ? 1 : message instanceof Batch ? 2 : 3;
    }

    void onSent(int kind, int bytes) {
        counts[kind * EACH + SENT]++;
        counts[kind * EACH + SENT_BYTES] += bytes;
    }

    void onReceived(int kind, int bytes) {
        counts[kind * EACH + RECEIVED]++;
        counts[kind * EACH + RECEIVED_BYTES] += bytes;
    }

    /** The names of the kinds; their places are the kinds' numbers. */
    public List<String> kinds() {
        return kinds;
    }

    public long sent(int kind) {
        return counts[kind * EACH + SENT];
    }

    public long sentBytes(int kind) {
        return counts[kind * EACH + SENT_BYTES];
    }

    public long received(int kind) {
        return counts[kind * EACH + RECEIVED];
    }

    public long receivedBytes(int kind) {
        return counts[kind * EACH + RECEIVED_BYTES];
    }
}
