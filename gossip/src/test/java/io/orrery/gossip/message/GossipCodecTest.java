package io.orrery.gossip.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.ClusterId;
import io.orrery.gossip.Golden;
import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
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
import io.orrery.kernel.codec.Frame;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GossipCodecTest {
    private static final NodeId A = NodeId.of("a@h1");
    private static final NodeId B = NodeId.of("b@h2");
    private static final Header HEADER = new Header("east", new Incarnation(1_700_000_000_123L, 2));
    private static final SortedMap<String, String> ROLE = new TreeMap<>(Map.of("role", "primary", "zone", "z1"));
    private static final Claim ALIVE =
            Claim.own(new Member(A, MemberState.ALIVE, new Incarnation(7, 0), "10.0.0.1:16000", ROLE));
    private static final Claim SUSPECT =
            new Claim(new Member(B, MemberState.SUSPECT, new Incarnation(8, 300), "", Collections.emptySortedMap()), A);
    private static final Claim DEAD = new Claim(
            new Member(A, MemberState.DEAD, new Incarnation(9, 1), "[::1]:16000", Collections.emptySortedMap()), B);
    private static final Claim LEFT =
            Claim.own(new Member(B, MemberState.LEFT, new Incarnation(10, 1), "", Collections.emptySortedMap()));
    private static final Held HELD = new Held(MemberState.SUSPECT, new Incarnation(8, 300));

    private static final Header RED =
            new Header("east", new ClusterId(0x1122334455667788L, 0x99AABBCCDDEEFF00L), new Incarnation(1, 2));
    private static final GossipMessage WITH_ID = new Ping(RED, 77, HELD, List.of(ALIVE, SUSPECT));

    private static final Map<String, GossipMessage> SAMPLES = new TreeMap<>(Map.ofEntries(
            Map.entry("ping", new Ping(HEADER, 77, HELD, List.of(ALIVE, SUSPECT))),
            Map.entry("ping-stranger", new Ping(HEADER, 1, null, List.of())),
            Map.entry("ack", new Ack(HEADER, 77, HELD, List.of(DEAD, LEFT))),
            Map.entry("ping-req", new PingReq(HEADER, 1L << 40, B, List.of(ALIVE))),
            Map.entry("nack", new Nack(HEADER, 78, B, List.of(ALIVE))),
            Map.entry("indirect-ack", new IndirectAck(HEADER, 78, B, List.of())),
            Map.entry("rumours", new Rumours(HEADER, List.of(ALIVE, SUSPECT, DEAD, LEFT))),
            Map.entry("sync", new Sync(HEADER, false, true, List.of(new Aged(ALIVE, 0), new Aged(DEAD, 60_000)))),
            Map.entry("sync-answer", new Sync(HEADER, true, false, List.of(new Aged(LEFT, 1)))),
            Map.entry("refusal", new Refusal(HEADER, "b@h2 is of cluster west, not east")),
            Map.entry("digest", new Digest(HEADER, 0x0123456789ABCDEFL))));

    @Test
    void bytesOfEachMessageAreThoseOnFile() {
        SAMPLES.forEach((name, message) -> Golden.check(GossipCodec.INSTANCE, "gossip-" + name, message));
    }

    @Test
    void sinceVersionTwoTheHeaderSaysTheClustersId() {
        Golden.check(GossipCodec.INSTANCE, "gossip-ping.2", 2, WITH_ID);
        Golden.check(GossipCodec.INSTANCE, "gossip-ping-stranger.2", 2, SAMPLES.get("ping-stranger"));
        assertThat(GossipCodec.INSTANCE.since(WITH_ID)).isEqualTo(2);
        assertThat(GossipCodec.INSTANCE.since(SAMPLES.get("ping"))).isEqualTo(1);
    }

    @Test
    void anyBytesDecodeOrAreRefused() {
        SAMPLES.values().forEach(message -> Golden.fuzz(GossipCodec.INSTANCE, message, 1, 3000));
        Golden.fuzzNoise(GossipCodec.INSTANCE, 2, 20_000);
    }

    @Test
    void sizeOfAClaimIsWhatItTakes() {
        for (Claim claim : List.of(ALIVE, SUSPECT, DEAD, LEFT, largest(NodeId.BYTES_MAX))) {
            int with = Golden.encode(GossipCodec.INSTANCE, new Rumours(HEADER, List.of(claim))).length;
            int without = Golden.encode(GossipCodec.INSTANCE, new Rumours(HEADER, List.of())).length;
            assertThat(ClaimCodec.size(claim)).isEqualTo(with - without);
        }
    }

    /** What is sent over UDP at most: the frame in its envelope, with the sender's name. */
    private static int packetBytes(GossipMessage message, NodeId sender) {
        int frame = Golden.encode(GossipCodec.INSTANCE, 2, message).length + Frame.HEADER_BYTES;
        return frame + GossipCodec.ENVELOPE_BYTES_MAX + ClaimCodec.textSize(sender.name());
    }

    @Test
    void theLargestMetadataOfNamesOfUpTo128BytesFitsASealedPacketOfTheLargestHeader() {
        String cluster = "c".repeat(GossipConfig.CLUSTER_BYTES_MAX);
        Claim claim = largest(128);
        NodeId sender = NodeId.of("s".repeat(128));
        assertThat(ClaimCodec.size(claim)).isLessThanOrEqualTo(GossipCodec.claimBytesMax(cluster, sender));
        Header header = new Header(cluster, new Incarnation(Incarnation.GENERATION_MAX, Integer.MAX_VALUE));
        Held held = new Held(MemberState.DEAD, header.incarnation());
        Ping ping = new Ping(header, Long.MAX_VALUE, held, List.of(claim));
        assertThat(packetBytes(ping, sender)).isLessThanOrEqualTo(Delivery.DATAGRAM_BYTES_MAX);
    }

    @Test
    void packetThatNamesATargetAndIsFilledToItsRoomIsNoLargerThanAPacket() {
        String cluster = "c".repeat(GossipConfig.CLUSTER_BYTES_MAX);
        NodeId longest = NodeId.of("t".repeat(NodeId.BYTES_MAX));
        int room = GossipCodec.claimBytesMax(cluster, longest) - ClaimCodec.textSize(longest.name());
        Header header = new Header(cluster, new Incarnation(Incarnation.GENERATION_MAX, Integer.MAX_VALUE));
        PingReq request = new PingReq(header, -1, longest, List.of());
        assertThat(packetBytes(request, longest) + room).isLessThanOrEqualTo(Delivery.DATAGRAM_BYTES_MAX);
        NodeId suspect = NodeId.of("n".repeat(128));
        Member member = new Member(
                suspect, MemberState.SUSPECT, header.incarnation(), "a".repeat(80), Collections.emptySortedMap());
        assertThat(ClaimCodec.size(new Claim(member, suspect)))
                .as("a suspicion of a node with a long name and address still fits")
                .isLessThanOrEqualTo(room);
    }

    private static Claim largest(int nameBytes) {
        NodeId name = NodeId.of("n".repeat(nameBytes));
        TreeMap<String, String> metadata = new TreeMap<>();
        metadata.put("k", "v".repeat(Member.METADATA_BYTES_MAX - 5));
        Incarnation incarnation = new Incarnation(Incarnation.GENERATION_MAX, Integer.MAX_VALUE);
        String address = "a".repeat(Member.ADDRESS_BYTES_MAX);
        return new Claim(new Member(name, MemberState.DEAD, incarnation, address, metadata), name);
    }
}
