package io.orrery.gossip.message;

import static io.orrery.gossip.message.ClaimCodec.readClaims;
import static io.orrery.gossip.message.ClaimCodec.readIncarnation;
import static io.orrery.gossip.message.ClaimCodec.readText;
import static io.orrery.gossip.message.ClaimCodec.writeClaims;
import static io.orrery.gossip.message.ClaimCodec.writeIncarnation;

import io.orrery.gossip.ClusterId;
import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.message.GossipMessage.Ack;
import io.orrery.gossip.message.GossipMessage.Digest;
import io.orrery.gossip.message.GossipMessage.IndirectAck;
import io.orrery.gossip.message.GossipMessage.Nack;
import io.orrery.gossip.message.GossipMessage.Ping;
import io.orrery.gossip.message.GossipMessage.PingReq;
import io.orrery.gossip.message.GossipMessage.Refusal;
import io.orrery.gossip.message.GossipMessage.Rumours;
import io.orrery.gossip.message.GossipMessage.Sync;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import io.orrery.kernel.seal.SealHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a {@link GossipMessage}: a type u8, the header (cluster string, since version 2 the
 * cluster's id of 16 bytes, incarnation), then
 *
 * <pre>
 * 1 ping          number varint, held, claims      held: 0, or 1 + state u8 and incarnation
 * 2 ack           number varint, held, claims
 * 3 ping-req      number varint, target string, claims
 * 4 indirect-ack  number varint, target string, claims
 * 5 rumours       claims
 * 6 sync          flags u8 (1 answer, 2 last), count varint, (claim, age in milliseconds varint) * count
 * 7 refusal       reason string
 * 8 nack          number varint, target string, claims      since version 2
 * 9 digest        digest u64                                since version 2
 * </pre>
 *
 * A message of a cluster that has an id is said in version 2 at least: a peer of an earlier release drops it, and would do
 * so with the id of another cluster too.
 */
public final class GossipCodec implements Codec<GossipMessage> {
    public static final GossipCodec INSTANCE = new GossipCodec();

    /** The version that says the cluster's id. */
    private static final int IDS_SINCE = 2;

    private static final int PING = 1;
    private static final int ACK = 2;
    private static final int PING_REQ = 3;
    private static final int INDIRECT_ACK = 4;
    private static final int RUMOURS = 5;
    private static final int SYNC = 6;
    private static final int REFUSAL = 7;
    private static final int NACK = 8;
    private static final int DIGEST = 9;

    private static final int REASON_BYTES_MAX = 1024;
    private static final int AGED_BYTES_MIN = 15;
    private static final long AGE_MILLIS_MAX = 1L << 40;
    /** Type, number, held and count at their longest. */
    private static final int FIXED_BYTES_MAX = 1 + 10 + (1 + 8 + 5) + 2;

    /** What transports put around a frame, beside the sender's name: TCP's proof of the cookie, and the seal. */
    public static final int ENVELOPE_BYTES_MAX = 24 + SealHeader.DATAGRAM_OVERHEAD_BYTES;

    private GossipCodec() {}

    /**
     * Bytes left for claims in a datagram of any kind that names no target, so that the whole packet, with the sender's name,
     * its proof and its seal, is no longer than {@link Delivery#DATAGRAM_BYTES_MAX}.
     */
    public static int claimBytesMax(String cluster, NodeId self) {
        int header = ClaimCodec.textSize(cluster) + ClusterId.BYTES + 8 + 5;
        int envelope = ENVELOPE_BYTES_MAX + ClaimCodec.textSize(self.name());
        return Delivery.DATAGRAM_BYTES_MAX - Frame.HEADER_BYTES - FIXED_BYTES_MAX - header - envelope;
    }

    @Override
    public int version() {
        return IDS_SINCE;
    }

    @Override
    public int since(GossipMessage message) {
        ClusterId id = message.header().id();
        boolean isOlder = id.isNone() || id.isOfName();
        return isOlder && !(message instanceof Nack || message instanceof Digest) ? 1 : IDS_SINCE;
    }

    @Override
    public void encode(GossipMessage message, Encoder out) {
        if (message instanceof Ping ping) {
            begin(PING, message, out);
            out.writeVarLong(ping.number());
            writeHeld(ping.held(), out);
            writeClaims(ping.claims(), out);
        } else if (message instanceof Ack ack) {
            begin(ACK, message, out);
            out.writeVarLong(ack.number());
            writeHeld(ack.held(), out);
            writeClaims(ack.claims(), out);
        } else if (message instanceof PingReq request) {
            begin(PING_REQ, message, out);
            out.writeVarLong(request.number());
            out.writeNode(request.target());
            writeClaims(request.claims(), out);
        } else if (message instanceof IndirectAck ack) {
            begin(INDIRECT_ACK, message, out);
            out.writeVarLong(ack.number());
            out.writeNode(ack.target());
            writeClaims(ack.claims(), out);
        } else if (message instanceof Nack nack) {
            begin(NACK, message, out);
            out.writeVarLong(nack.number());
            out.writeNode(nack.target());
            writeClaims(nack.claims(), out);
        } else if (message instanceof Rumours rumours) {
            begin(RUMOURS, message, out);
            writeClaims(rumours.claims(), out);
        } else if (message instanceof Sync sync) {
            begin(SYNC, message, out);
            writeSync(sync, out);
        } else if (message instanceof Digest digest) {
            begin(DIGEST, message, out);
            out.writeLong(digest.digest());
        } else {
            begin(REFUSAL, message, out);
            out.writeString(((Refusal) message).reason());
        }
    }

    @Override
    public GossipMessage decode(Decoder in) {
        int type = in.readByte();
        String cluster = readText(in, GossipConfig.CLUSTER_BYTES_MAX);
        ClusterId id = in.version() >= IDS_SINCE ? ClusterId.decode(in) : ClusterId.NONE;
        Header header = new Header(cluster, id, readIncarnation(in));
        return switch (type) {
            case PING -> new Ping(header, in.readVarLong(), readHeld(in), readClaims(in));
            case ACK -> new Ack(header, in.readVarLong(), readHeld(in), readClaims(in));
            case PING_REQ -> new PingReq(header, in.readVarLong(), in.readNode(), readClaims(in));
            case INDIRECT_ACK -> new IndirectAck(header, in.readVarLong(), in.readNode(), readClaims(in));
            case RUMOURS -> new Rumours(header, readClaims(in));
            case SYNC -> readSync(header, in);
            case REFUSAL -> new Refusal(header, readText(in, REASON_BYTES_MAX));
            case NACK -> new Nack(header, in.readVarLong(), in.readNode(), readClaims(in));
            case DIGEST -> new Digest(header, in.readLong());
            default -> throw new DecodeException("an unknown gossip message");
        };
    }

    private static void begin(int type, GossipMessage message, Encoder out) {
        out.writeByte(type);
        out.writeString(message.header().cluster());
        if (out.version() >= IDS_SINCE) {
            message.header().id().encode(out);
        }
        writeIncarnation(message.header().incarnation(), out);
    }

    private static void writeHeld(Held held, Encoder out) {
        if (held == null) {
            out.writeByte(0);
            return;
        }
        out.writeByte(held.state().ordinal() + 1);
        writeIncarnation(held.incarnation(), out);
    }

    private static Held readHeld(Decoder in) {
        int state = in.readByte();
        return state == 0 ? null : new Held(ClaimCodec.state(state - 1), readIncarnation(in));
    }

    private static void writeSync(Sync sync, Encoder out) {
        out.writeByte((sync.answer() ? 1 : 0) + (sync.last() ? 2 : 0));
        out.writeVarLong(sync.entries().size());
        for (Aged entry : sync.entries()) {
            ClaimCodec.writeClaim(entry.claim(), out);
            out.writeVarLong(entry.ageMillis());
        }
    }

    private static Sync readSync(Header header, Decoder in) {
        int flags = in.readByte();
        if (flags > 3) {
            throw new DecodeException("unknown flags of a sync");
        }
        int count = in.readCount(AGED_BYTES_MIN);
        List<Aged> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Claim claim = ClaimCodec.readClaim(in);
            long ageMillis = in.readVarLong();
            if (ageMillis < 0 || ageMillis > AGE_MILLIS_MAX) {
                throw new DecodeException("an age out of range");
            }
            entries.add(new Aged(claim, ageMillis));
        }
        return new Sync(header, (flags & 1) != 0, (flags & 2) != 0, entries);
    }
}
