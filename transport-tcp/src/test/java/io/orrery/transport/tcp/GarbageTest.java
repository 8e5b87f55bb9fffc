package io.orrery.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.seal.SealFault;
import io.orrery.transport.tcp.Nodes.Node;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever reaches the port, the node goes on. */
class GarbageTest {
    @TempDir
    Path directory;

    private Nodes nodes;
    private Node node;
    private Node friend;

    @BeforeEach
    void start() {
        nodes = new Nodes(directory);
        node = nodes.start("node", config -> config.cookie("secret"));
        friend = nodes.start("friend", config -> config.cookie("secret"));
        friend.transport.learn(node.id, "127.0.0.1:" + node.port());
        friend.reach(node, "before");
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static Stream<Arguments> garbage() {
        return Stream.of(
                Arguments.of("random bytes", random(10_000)),
                Arguments.of("a TLS hello", HexFormat.of().parseHex("16030100f8010000f40303" + "ab".repeat(200))),
                Arguments.of(
                        "an HTTP request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("a length of 2 GiB", RawPeer.prefix(Integer.MAX_VALUE)),
                Arguments.of("a negative length", RawPeer.prefix(-1)),
                Arguments.of("a length just beyond a handshake's", RawPeer.prefix(HandshakeMessage.BYTES_MAX + 1)),
                Arguments.of("an empty frame", RawPeer.prefix(0)),
                Arguments.of("a frame of random bytes", join(RawPeer.prefix(500), random(500))),
                Arguments.of("an MQTT connect", HexFormat.of().parseHex("101000044d5154540402003c000461626364")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("garbage")
    void garbageClosesItsConnectionAndIsCountedAndTheNodeGoesOn(String what, byte[] bytes) throws IOException {
        try (RawPeer stranger = RawPeer.dial(node.port())) {
            stranger.sendRaw(bytes);
            stranger.awaitClose();
        }
        assertThat(node.counters().garbage()).as(what).isEqualTo(1);
        assertThat(friend.send(node.id, "after")).isTrue();
        Nodes.until("the friend is still heard", () -> node.heard.contains("friend: after"));
        assertThat(friend.counters().dials()).as("over the connection it had").isEqualTo(1);
    }

    @Test
    void aStrangerWhoFailsOftenIsLoggedOnce() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (RawPeer stranger = RawPeer.dial(node.port())) {
                stranger.sendRaw(RawPeer.prefix(-1));
                stranger.awaitClose();
            }
        }
        assertThat(node.counters().garbage()).isEqualTo(20);
        assertThat(node.logged.stream().filter(line -> line.contains("closed a connection")))
                .hasSize(1);
    }

    @Test
    void aMembersFrameBeyondTheLimitClosesItsConnection() throws IOException {
        try (RawPeer member = RawPeer.dialAs("member", node.port(), "secret")) {
            member.sendRaw(RawPeer.prefix(Delivery.STREAM_BYTES_MAX + 1));
            member.awaitClose();
        }
        assertThat(node.counters().garbage()).isEqualTo(1);
    }

    @Test
    void datagramsWithoutProofAreCountedAndNotDelivered() throws IOException {
        Node stranger = nodes.start("stranger", config -> config.cookie("guess"));
        stranger.transport.learn(node.id, "127.0.0.1:" + node.port());
        try (DatagramSocket socket = new DatagramSocket()) {
            for (byte[] packet : new byte[][] {{}, {1}, random(100), random(1500), random(9000)}) {
                socket.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), node.port()));
            }
        }
        assertThat(stranger.sendDatagram(node.id, "trust me")).isTrue();
        Nodes.until("all are counted", () -> refused(node) >= 6);
        Nodes.until("a friend's arrive", () -> {
            friend.sendDatagram(node.id, "datagram");
            return node.heard.contains("friend: datagram");
        });
        assertThat(node.heard).noneMatch(line -> line.contains("trust me"));
    }

    /** Datagrams refused, for whatever reason. */
    private static long refused(Node node) {
        return Stream.of(SealFault.values())
                .mapToLong(fault -> node.counters().faults(Delivery.DATAGRAM, fault))
                .sum();
    }
}
