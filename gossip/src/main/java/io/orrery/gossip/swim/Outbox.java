package io.orrery.gossip.swim;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.message.Aged;
import io.orrery.gossip.message.Claim;
import io.orrery.gossip.message.ClaimCodec;
import io.orrery.gossip.message.GossipCodec;
import io.orrery.gossip.message.GossipMessage;
import io.orrery.gossip.message.GossipMessage.Ack;
import io.orrery.gossip.message.GossipMessage.Digest;
import io.orrery.gossip.message.GossipMessage.IndirectAck;
import io.orrery.gossip.message.GossipMessage.Nack;
import io.orrery.gossip.message.GossipMessage.Ping;
import io.orrery.gossip.message.GossipMessage.PingReq;
import io.orrery.gossip.message.GossipMessage.Refusal;
import io.orrery.gossip.message.GossipMessage.Rumours;
import io.orrery.gossip.message.GossipMessage.Sync;
import io.orrery.gossip.message.Header;
import io.orrery.gossip.message.Held;
import io.orrery.gossip.traffic.Traffic;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Receiver;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends membership's messages: puts the header on each, the receiver's status on those that want it, and fills what is left
 * of a datagram with rumours (SWIM, section 4.1).
 */
public final class Outbox {
    /** Protocol numbers of the module; see docs/ARCHITECTURE.md. */
    private static final Channel DATAGRAMS = new Channel(1, 0, Delivery.DATAGRAM);

    private static final Channel STREAMS = new Channel(2, 0, Delivery.STREAM);
    private static final int SYNC_ENTRIES_MAX = 1000;

    private final Kernel kernel;
    private final GossipConfig config;
    private final MemberTable table;
    private final RumourQueue rumours;
    private final GossipCounters counters;
    private final Border border;
    private final Traffic traffic = Traffic.ofGossip();
    private Port<GossipMessage> datagrams;
    private Port<GossipMessage> streams;
    /** For all that a datagram suffices for: the streams, where there are no datagrams. */
    private Port<GossipMessage> quick;

    /** Bytes for claims in a datagram that names no target. */
    private final int claimRoom;

    private long nextNumber = 1;

    public Outbox(
            Kernel kernel,
            GossipConfig config,
            MemberTable table,
            RumourQueue rumours,
            GossipCounters counters,
            Border border) {
        this.kernel = kernel;
        this.config = config;
        this.table = table;
        this.rumours = rumours;
        this.counters = counters;
        this.border = border;
        this.claimRoom = GossipCodec.claimBytesMax(config.cluster(), kernel.self());
    }

    /** What membership says and hears. */
    public Traffic traffic() {
        return traffic;
    }

    /** Claims that are still to be spread. */
    public int rumourCount() {
        return rumours.size();
    }

    /** From here on messages come in. */
    public void open(Receiver<GossipMessage> onDatagram, Receiver<GossipMessage> onStream) {
        datagrams = kernel.open(DATAGRAMS, traffic.gossip(GossipCodec.INSTANCE), onDatagram);
        streams = kernel.open(STREAMS, traffic.gossip(GossipCodec.INSTANCE), onStream);
        quick = config.datagrams() ? datagrams : streams;
    }

    /**
     * Pings a node, with what we hold of it: a suspect learns at once that it is one (Lifeguard's buddy system).
     *
     * @return the ping's number, never used before
     */
    public long ping(NodeId to) {
        long number = nextNumber++;
        quick.send(to, new Ping(header(), number, heldForPing(to), fill(new ArrayList<>(), claimRoom())));
        return number;
    }

    /** Whether pings go as datagrams at first. */
    public boolean hasDatagrams() {
        return config.datagrams();
    }

    /** Repeats a ping by stream, for networks that swallow datagrams. */
    public void pingByStream(NodeId to, long number) {
        streams.send(to, new Ping(header(), number, heldForPing(to), fill(new ArrayList<>(), claimRoom())));
    }

    private Held heldForPing(NodeId to) {
        Held held = Held.of(table.member(to));
        boolean hidden = held != null
                && held.state() == MemberState.SUSPECT
                && !config.probe().buddy();
        return hidden ? new Held(MemberState.ALIVE, held.incarnation()) : held;
    }

    /**
     * Answers a ping on the way it came.
     *
     * @param first claims that must be in it
     */
    public void ack(NodeId to, long number, boolean byStream, List<Claim> first) {
        Port<GossipMessage> port = byStream || size(first) > claimRoom() ? streams : datagrams;
        Held held = Held.of(table.member(to));
        port.send(to, new Ack(header(), number, held, fill(new ArrayList<>(first), claimRoom())));
    }

    public void pingReq(NodeId relay, long number, NodeId target) {
        int room = claimRoom() - ClaimCodec.textSize(target.name());
        quick.send(relay, new PingReq(header(), number, target, fill(new ArrayList<>(), room)));
    }

    public void indirectAck(NodeId to, long number, NodeId target) {
        int room = claimRoom() - ClaimCodec.textSize(target.name());
        quick.send(to, new IndirectAck(header(), number, target, fill(new ArrayList<>(), room)));
    }

    public void nack(NodeId to, long number, NodeId target) {
        int room = claimRoom() - ClaimCodec.textSize(target.name());
        quick.send(to, new Nack(header(), number, target, fill(new ArrayList<>(), room)));
    }

    /** Sends the rumours of the day, if there are any; those that no packet holds by stream. */
    public void rumours(NodeId to) {
        List<Claim> claims = fill(new ArrayList<>(), claimRoom());
        if (!claims.isEmpty()) {
            quick.send(to, new Rumours(header(), claims));
        }
        List<Claim> large = new ArrayList<>();
        rumours.takeLarger(claimRoom(), transmitsMax(), large);
        sendLarge(to, large);
    }

    /** Sends these claims, as many as fit one packet, and by stream what no packet holds; they do not count as spread. */
    public void tell(NodeId to, List<Claim> claims) {
        List<Claim> told = new ArrayList<>();
        List<Claim> large = new ArrayList<>();
        int room = claimRoom();
        for (Claim claim : claims) {
            int size = ClaimCodec.size(claim);
            if (size <= room) {
                room -= size;
                told.add(claim);
            } else if (size > claimRoom()) {
                large.add(claim);
            }
        }
        if (!told.isEmpty()) {
            quick.send(to, new Rumours(header(), told));
        }
        sendLarge(to, large);
    }

    private void sendLarge(NodeId to, List<Claim> large) {
        if (!large.isEmpty()) {
            counters.count(Counter.CLAIMS_BY_STREAM, large.size());
            streams.send(to, new Rumours(header(), large));
        }
    }

    /** Sends a full state in parts. */
    public void sync(NodeId to, boolean answer, List<Aged> entries) {
        for (int from = 0; from == 0 || from < entries.size(); from += SYNC_ENTRIES_MAX) {
            int end = Math.min(from + SYNC_ENTRIES_MAX, entries.size());
            streams.send(to, new Sync(header(), answer, end == entries.size(), entries.subList(from, end)));
        }
    }

    /** Says all that we hold, in short. */
    public void digest(NodeId to) {
        streams.send(to, new Digest(header(), table.digest()));
    }

    public void refuse(NodeId to, String reason) {
        streams.send(to, new Refusal(header(), reason));
    }

    private Header header() {
        return new Header(config.cluster(), border.id(), table.self().incarnation());
    }

    private int claimRoom() {
        return claimRoom;
    }

    private List<Claim> fill(List<Claim> claims, int bytesMax) {
        if (rumours.isEmpty()) {
            return claims;
        }
        int room = bytesMax - size(claims);
        int before = claims.size();
        rumours.take(room, transmitsMax(), claims);
        counters.count(Counter.RUMOURS_SENT, claims.size() - before);
        return claims;
    }

    private int transmitsMax() {
        return RumourQueue.transmitsMax(config.rumour().retransmitMult(), table.liveCount());
    }

    private static int size(List<Claim> claims) {
        int size = 0;
        for (int i = 0; i < claims.size(); i++) {
            size += ClaimCodec.size(claims.get(i));
        }
        return size;
    }
}
