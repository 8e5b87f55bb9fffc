package io.orrery.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Frame;
import io.orrery.kernel.host.HostException;
import io.orrery.kernel.host.JdkCipherer;
import io.orrery.kernel.host.Sealing;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealFault;
import io.orrery.kernel.seal.SealKey;
import io.orrery.transport.tcp.Nodes.Node;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealed traffic over real sockets: what opens, what does not, and who is told why. */
class SealedTest {
    private static final Cipherer CIPHERS = new JdkCipherer();
    private static final SealKey FIRST = key(1);
    private static final SealKey SECOND = key(2);
    private static final String SECRET = "the payload that nobody else may read";

    @TempDir
    Path directory;

    private Nodes nodes;

    @BeforeEach
    void open() {
        nodes = new Nodes(directory);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private static SealKey key(int seed) {
        byte[] material = new byte[32];
        for (int i = 0; i < material.length; i++) {
            material[i] = (byte) (seed * 53 + i * 7);
        }
        return SealKey.of(CIPHERS, material);
    }

    private static Sealing sealing(EncryptionMode mode, SealKey... keys) {
        return new Sealing(mode, KeyRing.of(List.of(keys)));
    }

    private Node start(String name, EncryptionMode mode, SealKey... keys) {
        return nodes.start(name, config -> config.sealing(sealing(mode, keys)));
    }

    private static void introduce(Node from, Node to) {
        from.transport.learn(to.id, "127.0.0.1:" + to.port());
    }

    private static long faults(Node node) {
        long sum = 0;
        for (SealFault fault : SealFault.values()) {
            for (Delivery delivery : Delivery.values()) {
                sum += node.counters().faults(delivery, fault);
            }
        }
        return sum;
    }

    private static void assertBothRefuse(Node a, Node b, Refusal refusal) {
        introduce(a, b);
        a.send(b.id, SECRET);
        Nodes.until(
                "both count it",
                () -> a.counters().refusals(refusal) > 0 && b.counters().refusals(refusal) > 0);
        Nodes.until(
                "both log it",
                () -> a.logged.stream().anyMatch(line -> line.contains(refusal.text()))
                        && b.logged.stream().anyMatch(line -> line.contains(refusal.text())));
        assertThat(a.transport.lastRefusal()).contains(refusal.text());
        assertThat(b.transport.lastRefusal()).contains(refusal.text()).contains("a at");
        assertThat(b.heard).isEmpty();
    }

    @Test
    void nodesWithOneKeyTalkByStreamAndDatagram() {
        Node a = start("a", EncryptionMode.REQUIRE, FIRST);
        Node b = start("b", EncryptionMode.REQUIRE, FIRST);
        introduce(a, b);
        a.reach(b, SECRET);
        Nodes.until("a datagram arrives", () -> {
            a.sendDatagram(b.id, "small");
            return b.heard.contains("a: small");
        });
        b.reach(a, "and back");
        assertThat(faults(a) + faults(b)).isZero();
    }

    @Test
    void nothingThatIsSaidCrossesTheWireInTheClear() throws IOException {
        Node a = start("a", EncryptionMode.REQUIRE, FIRST);
        Node b = start("b", EncryptionMode.REQUIRE, FIRST);
        try (Relay relay = new Relay(b.port(), (number, frame) -> List.of(frame))) {
            a.transport.learn(b.id, "127.0.0.1:" + relay.port());
            a.reach(b, SECRET);
            assertThat(relay.seen)
                    .hasSizeGreaterThan(2)
                    .allSatisfy(frame -> assertThat(new String(frame, StandardCharsets.ISO_8859_1))
                            .doesNotContain("payload"));
        }
    }

    /** Without this the test above could not fail. */
    @Test
    void withoutSealingItWouldBeSeen() throws IOException {
        Node a = nodes.start("a");
        Node b = nodes.start("b");
        try (Relay relay = new Relay(b.port(), (number, frame) -> List.of(frame))) {
            a.transport.learn(b.id, "127.0.0.1:" + relay.port());
            a.reach(b, SECRET);
            assertThat(relay.seen)
                    .anySatisfy(frame -> assertThat(new String(frame, StandardCharsets.ISO_8859_1))
                            .contains("payload"));
        }
    }

    private void assertStopped(Refusal refusal, SealFault fault, Relay.Meddler meddler) throws IOException {
        Node a = start("a", EncryptionMode.REQUIRE, FIRST);
        Node b = start("b", EncryptionMode.REQUIRE, FIRST);
        try (Relay relay = new Relay(b.port(), meddler)) {
            a.transport.learn(b.id, "127.0.0.1:" + relay.port());
            Nodes.until("both count it", () -> {
                a.send(b.id, SECRET);
                return a.counters().refusals(refusal) > 0 && b.counters().refusals(refusal) > 0;
            });
            assertThat(b.counters().faults(Delivery.STREAM, fault)).isPositive();
            assertThat(b.logged).anyMatch(line -> line.contains("refused a at") && line.contains(fault.text()));
            assertThat(b.heard).allMatch(line -> line.equals("a: " + SECRET));
        }
    }

    /** The first two frames are the handshake's. */
    @Test
    void aChangedFrameEndsItsConnectionAndBothSayWhy() throws IOException {
        assertStopped(Refusal.BROKEN_SEAL, SealFault.FORGED, (number, frame) -> {
            if (number == 4) {
                frame[30] ^= 1;
            }
            return List.of(frame);
        });
    }

    @Test
    void aDroppedFrameEndsItsConnectionAndBothSayWhy() throws IOException {
        assertStopped(
                Refusal.OUT_OF_ORDER,
                SealFault.OUT_OF_ORDER,
                (number, frame) -> number == 4 ? List.of() : List.of(frame));
    }

    @Test
    void aRepeatedFrameEndsItsConnectionAndBothSayWhy() throws IOException {
        assertStopped(
                Refusal.OUT_OF_ORDER,
                SealFault.OUT_OF_ORDER,
                (number, frame) -> number == 4 ? List.of(frame, frame) : List.of(frame));
    }

    @Test
    void framesThatChangePlacesEndTheirConnection() throws IOException {
        List<byte[]> held = new ArrayList<>();
        assertStopped(Refusal.OUT_OF_ORDER, SealFault.OUT_OF_ORDER, (number, frame) -> {
            if (number == 4) {
                held.add(frame);
                return List.of();
            }
            return number == 5 ? List.of(frame, held.remove(0)) : List.of(frame);
        });
    }

    @Test
    void aPlainFrameOnASealedConnectionEndsIt() throws IOException {
        assertStopped(
                Refusal.UNSEALED,
                SealFault.UNSEALED,
                (number, frame) -> List.of(number == 4 ? "plain".getBytes(StandardCharsets.US_ASCII) : frame));
    }

    @Test
    void aKeyThatTheOtherLacksIsRefusedByName() {
        assertBothRefuse(
                start("a", EncryptionMode.REQUIRE, FIRST), start("b", EncryptionMode.REQUIRE, SECOND), Refusal.KEY);
    }

    @Test
    void aNodeWithoutEncryptionIsRefusedWhereItIsDemanded() {
        assertBothRefuse(nodes.start("a"), start("b", EncryptionMode.REQUIRE, FIRST), Refusal.UNSEALED);
    }

    @Test
    void aNodeThatDemandsEncryptionIsRefusedByOneWithout() {
        assertBothRefuse(start("a", EncryptionMode.REQUIRE, FIRST), nodes.start("b"), Refusal.UNSEALED);
    }

    @Test
    void whileAClusterIsChangedOverAllTalk() {
        Node off = nodes.start("off");
        Node prefers = start("prefers", EncryptionMode.PREFER, FIRST);
        Node too = start("too", EncryptionMode.PREFER, FIRST);
        Node demands = start("demands", EncryptionMode.REQUIRE, FIRST);
        for (Node[] pair :
                new Node[][] {{off, prefers}, {prefers, off}, {prefers, too}, {prefers, demands}, {demands, too}}) {
            introduce(pair[0], pair[1]);
            pair[0].reach(pair[1], SECRET);
            Nodes.until("a datagram from " + pair[0].id + " reaches " + pair[1].id, () -> {
                pair[0].sendDatagram(pair[1].id, "small");
                return pair[1].heard.contains(pair[0].id + ": small");
            });
        }
        assertThat(faults(off) + faults(prefers) + faults(too) + faults(demands))
                .isZero();
    }

    @Test
    void theKeysAreChangedUnderLoadWithoutOneFrameLost() {
        List<Sealing> rings = new ArrayList<>();
        List<Node> three = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            Sealing sealing = sealing(EncryptionMode.REQUIRE, FIRST);
            rings.add(sealing);
            three.add(nodes.start(name, config -> config.sealing(sealing)));
        }
        for (Node from : three) {
            for (Node to : three) {
                if (from != to) {
                    introduce(from, to);
                    from.reach(to, "begin");
                }
            }
        }
        int rounds = 120;
        for (int round = 0; round < rounds; round++) {
            for (int at = 0; at < 3; at++) {
                rotate(rings.get(at), round - 2 * at);
            }
            for (Node from : three) {
                for (Node to : three) {
                    if (from != to) {
                        from.send(to.id, "stream " + round);
                        from.sendDatagram(to.id, "datagram " + round);
                    }
                }
            }
        }
        for (Node node : three) {
            Nodes.until(node.id + " hears all", () -> numbered(node).size() >= 4 * rounds);
            assertThat(faults(node)).isZero();
            assertThat(numbered(node)).doesNotHaveDuplicates().hasSize(4 * rounds);
        }
        assertThat(rings.get(2).ring().keys()).containsExactly(SECOND);
    }

    private static List<String> numbered(Node node) {
        return node.heard.stream().filter(line -> !line.endsWith("begin")).toList();
    }

    /** Each node does each step at its own time; the steps of all nodes do not overlap. */
    private static void rotate(Sealing sealing, int round) {
        switch (round) {
            case 10 -> sealing.ring(sealing.ring().with(SECOND));
            case 40 -> sealing.ring(sealing.ring().using(SECOND.id()));
            case 100 -> sealing.ring(sealing.ring().without(FIRST.id()));
            default -> {}
        }
    }

    private static void assertDropped(Node at, SealFault fault, byte[] packet) throws IOException {
        long before = at.counters().faults(Delivery.DATAGRAM, fault);
        try (DatagramSocket socket = new DatagramSocket()) {
            Nodes.until(fault + " is counted", () -> {
                try {
                    socket.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), at.port()));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return at.counters().faults(Delivery.DATAGRAM, fault) > before;
            });
        }
        Nodes.until(
                fault + " is logged",
                () -> at.logged.stream()
                        .anyMatch(line -> line.contains(fault.metric()) && line.contains(fault.text())));
    }

    /** A datagram of a node, as it goes over the wire. */
    private byte[] recorded(Node from, NodeId to) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(20_000);
            from.transport.learn(to, "127.0.0.1:" + socket.getLocalPort());
            Nodes.until("it is sent", () -> from.sendDatagram(to, SECRET));
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        }
    }

    @Test
    void datagramsThatAreNotOursAreRefusedCountedAndNamed() throws IOException {
        Node b = start("b", EncryptionMode.REQUIRE, FIRST);
        byte[] good = recorded(start("a", EncryptionMode.REQUIRE, FIRST), b.id);
        assertThat(new String(good, StandardCharsets.ISO_8859_1)).doesNotContain("payload");
        assertDropped(b, SealFault.MALFORMED, "hello?".getBytes(StandardCharsets.US_ASCII));
        assertDropped(b, SealFault.OVERSIZE, new byte[Delivery.PACKET_BYTES_MAX + 1]);
        byte[] changed = good.clone();
        changed[changed.length - 1] ^= 1;
        assertDropped(b, SealFault.FORGED, changed);
        assertDropped(b, SealFault.REPLAYED, good);
        Nodes.until("it was good once", () -> !b.heard.isEmpty());
        assertThat(b.heard).as("it was good once").containsExactly("a: " + SECRET);
        assertDropped(b, SealFault.WRONG_KEY, recorded(start("k", EncryptionMode.REQUIRE, SECOND), b.id));
        assertDropped(b, SealFault.UNSEALED, recorded(nodes.start("u"), b.id));
        Sealing same = sealing(EncryptionMode.REQUIRE, FIRST);
        Node foreign = nodes.start("f", config -> config.cluster("other").sealing(same));
        assertDropped(b, SealFault.WRONG_CLUSTER, recorded(foreign, b.id));
        Node baker = nodes.start("c", config -> config.cookie("biscuit").sealing(same));
        assertDropped(b, SealFault.WRONG_COOKIE, recorded(baker, b.id));
        Node off = nodes.start("off");
        assertDropped(off, SealFault.SEALED, good);
        assertDropped(off, SealFault.UNPROVED, recorded(nodes.start("o", config -> config.cluster("other")), off.id));
    }

    @Test
    void theLargestDatagramIsOnePacket() throws IOException {
        Node a = start("a".repeat(64), EncryptionMode.REQUIRE, FIRST);
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(20_000);
            NodeId to = NodeId.of("b");
            a.transport.learn(to, "127.0.0.1:" + socket.getLocalPort());
            String largest = "x".repeat(Delivery.DATAGRAM_BYTES_MAX - Frame.HEADER_BYTES);
            Nodes.until("it is sent", () -> a.sendDatagram(to, largest));
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            socket.receive(packet);
            assertThat(packet.getLength()).isEqualTo(Delivery.PACKET_BYTES_MAX);
        }
    }

    @Test
    void aNameThatLeavesNoRoomIsRefusedAtTheStart() {
        assertThatThrownBy(() -> start("a".repeat(65), EncryptionMode.REQUIRE, FIRST))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("65 bytes, where 64 are allowed with encryption");
    }
}
