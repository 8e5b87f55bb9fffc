package io.orrery.transport.aeron;

import io.aeron.Aeron;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.host.LastRefusal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;

/** The peers of a transport and the frames on their way to them. */
final class Outbound {
    private static final Delivery[] DELIVERIES = Delivery.values();

    private final AeronConfig config;
    private final AeronCounters counters;
    private final Aeron aeron;
    private final Cookie cookie;
    private final String address;
    private final long boot;
    private final Seals seals;
    private final Encoder encoder = new Encoder(512, 4096);
    private final Map<NodeId, Peer> peers = new LinkedHashMap<>();
    /** Lanes with something to move on; the others cost nothing per duty cycle. */
    private final LinkedHashSet<Lane> waiting = new LinkedHashSet<>();

    private final LastRefusal lastRefusal;
    private long generations;

    Outbound(
            AeronConfig config,
            AeronCounters counters,
            Aeron aeron,
            Cookie cookie,
            String address,
            long boot,
            Seals seals,
            LastRefusal lastRefusal) {
        this.seals = seals;
        this.lastRefusal = lastRefusal;
        this.config = config;
        this.counters = counters;
        this.aeron = aeron;
        this.cookie = cookie;
        this.address = address;
        this.boot = boot;
    }

    AeronConfig config() {
        return config;
    }

    AeronCounters counters() {
        return counters;
    }

    Aeron aeron() {
        return aeron;
    }

    long nextGeneration() {
        return ++generations;
    }

    /** What seals frames; null if this node does not seal. */
    Seals seals() {
        return seals;
    }

    /** The hello of a session, which is sealed unless its peer is known not to be. */
    Hello hello(NodeId peer, long generation, int sessionId, int streamId) {
        boolean isSealed = seals != null && seals.isSealedTo(peer);
        return proved(Optional.of(peer), generation, sessionId, streamId, isSealed ? seals.offer() : null);
    }

    /** A hello's bytes, valid until the next one's. */
    Encoder encoded(Hello hello) {
        encoder.clear();
        hello.encode(encoder);
        return encoder;
    }

    /** An encoded knock, valid until the next one. */
    Encoder knock(long number, int sessionId, int streamId) {
        SealOffer offer = seals == null ? null : seals.offer();
        return encoded(proved(Optional.empty(), number, sessionId, streamId, offer));
    }

    private Hello proved(Optional<NodeId> to, long generation, int sessionId, int streamId, SealOffer offer) {
        Hello bare = new Hello(config.clusterName(), config.self(), to, address, boot, generation, Bytes.EMPTY, offer);
        return cookie.prove(bare, sessionId, streamId);
    }

    /** A peer refused this node. */
    void noteRefusal(String words) {
        lastRefusal.note(words);
    }

    boolean knows(NodeId node) {
        return peers.containsKey(node);
    }

    /** Answers a peer's knock, if the peer is known. */
    void answer(NodeId node, long number) {
        Peer peer = peers.get(node);
        if (peer != null) {
            Lane lane = peer.lane(Delivery.STREAM);
            lane.answer(number);
            waiting.add(lane);
        }
    }

    /** Notes where a peer is; no address forgets it. */
    void learn(NodeId node, String text) {
        Peer known = peers.get(node);
        if (text.isEmpty()) {
            forget(node, known);
            return;
        }
        Address address;
        try {
            address = Address.parse(config.media(), text);
        } catch (IllegalArgumentException notAnAddress) {
            counters.addFromAnyThread(AeronCount.LEARN_REFUSED);
            return;
        }
        if (known != null && known.address().equals(address)) {
            return;
        }
        if (known == null && peers.size() >= config.peersMax()) {
            counters.addFromAnyThread(AeronCount.LEARN_REFUSED);
            return;
        }
        forget(node, known);
        peers.put(node, new Peer(this, node, address));
    }

    private void forget(NodeId node, Peer known) {
        if (known != null) {
            waiting.remove(known.lane(Delivery.STREAM));
            waiting.remove(known.lane(Delivery.DATAGRAM));
            known.close();
            peers.remove(node);
        }
    }

    boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length, long nowNanos) {
        int lengthMax = delivery == Delivery.STREAM ? Delivery.STREAM_BYTES_MAX : Delivery.DATAGRAM_BYTES_MAX;
        Check.argument(length > 0 && length <= lengthMax, "a frame is within its delivery class's limit");
        Peer peer = peers.get(to);
        if (peer == null) {
            counters.add(AeronCount.UNKNOWN_PEER);
            return false;
        }
        Lane lane = peer.lane(delivery);
        boolean taken = lane.send(frame, offset, length, nowNanos);
        if (lane.isWaiting()) {
            waiting.add(lane);
        }
        return taken;
    }

    /** Moves waiting frames on; returns how many were sent. */
    int progress(long nowNanos) {
        if (waiting.isEmpty()) {
            return 0;
        }
        int frames = 0;
        for (var each = waiting.iterator(); each.hasNext(); ) {
            Lane lane = each.next();
            frames += lane.progress(nowNanos);
            if (!lane.isWaiting()) {
                each.remove();
            }
        }
        return frames;
    }

    /** Looks after all lanes, every few milliseconds. */
    void tick(long nowNanos) {
        for (Peer peer : peers.values()) {
            for (Delivery delivery : DELIVERIES) {
                Lane lane = peer.lane(delivery);
                lane.tick(nowNanos);
                if (lane.isWaiting()) {
                    waiting.add(lane);
                }
            }
        }
    }

    /** A peer refused the session of one of the publications. */
    void onRejected(long registrationId, String reason, long nowNanos) {
        for (Peer peer : peers.values()) {
            for (Delivery delivery : DELIVERIES) {
                Lane lane = peer.lane(delivery);
                if (lane.registrationId() == registrationId) {
                    lane.onRejected(reason, nowNanos);
                    waiting.add(lane);
                }
            }
        }
    }

    void close() {
        waiting.clear();
        peers.values().forEach(Peer::close);
        peers.clear();
    }
}
