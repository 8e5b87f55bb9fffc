package io.orrery.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.HostException;
import io.orrery.transport.tcp.HandshakeMessage.Challenge;
import io.orrery.transport.tcp.HandshakeMessage.Hello;
import io.orrery.transport.tcp.HandshakeMessage.Proof;
import io.orrery.transport.tcp.HandshakeMessage.Refused;
import io.orrery.transport.tcp.Nodes.Node;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandshakeTest {
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

    private static void introduce(Node from, Node to) {
        from.transport.learn(to.id, "127.0.0.1:" + to.port());
    }

    private static void assertBothRefuse(Node a, Node b, Refusal refusal) {
        introduce(a, b);
        a.send(b.id, "let me in");
        Nodes.until(
                "both count it",
                () -> a.counters().refusals(refusal) > 0 && b.counters().refusals(refusal) > 0);
        Nodes.until(
                "both log it",
                () -> a.logged.stream().anyMatch(line -> line.contains(refusal.text()))
                        && b.logged.stream().anyMatch(line -> line.contains(refusal.text())));
        assertThat(b.heard).isEmpty();
        assertThat(b.counters().acceptedOpen()).isZero();
    }

    @Test
    void anotherCookieIsRefusedAndBothEndsSayWhy() {
        assertBothRefuse(
                nodes.start("a", config -> config.cookie("one")),
                nodes.start("b", config -> config.cookie("two")),
                Refusal.COOKIE);
    }

    @Test
    void anotherClusterIsRefusedAndBothEndsSayWhy() {
        assertBothRefuse(
                nodes.start("a", config -> config.cluster("one")),
                nodes.start("b", config -> config.cluster("two")),
                Refusal.CLUSTER);
    }

    @Test
    void anAddressThatNowBelongsToAnotherNodeIsRefused() {
        Node a = nodes.start("a");
        Node b = nodes.start("b");
        a.transport.learn(NodeId.of("gone"), "127.0.0.1:" + b.port());
        a.send(NodeId.of("gone"), "not for b");
        Nodes.until("b refuses", () -> b.counters().refusals(Refusal.OTHER_NODE) > 0);
        Nodes.until("a knows", () -> a.counters().refusals(Refusal.OTHER_NODE) > 0);
        assertThat(b.heard).isEmpty();
    }

    @Test
    void aNodeWithTheNameOfALivingOneIsRefusedByIt() {
        Node first = nodes.start("twin");
        Node second = nodes.start("twin");
        assertThatThrownBy(() ->
                        second.transport.connect("127.0.0.1:" + first.port()).join())
                .hasCauseInstanceOf(HostException.class)
                .hasMessageContaining(Refusal.NAME_TAKEN.text());
        assertThat(first.counters().refusals(Refusal.NAME_TAKEN)).isEqualTo(1);
    }

    @Test
    void ofTwoNodesOfOneNameTheFirstKeepsItsPeersAndTheSecondIsToldWhy() {
        Node peer = nodes.start("peer");
        Node first = nodes.start("twin");
        introduce(first, peer);
        first.reach(peer, "first");
        Node second = nodes.start("twin");
        assertThatThrownBy(() ->
                        second.transport.connect("127.0.0.1:" + peer.port()).join())
                .hasCauseInstanceOf(HostException.class)
                .hasMessageContaining(Refusal.NAME_TAKEN.text());
        assertThat(peer.counters().refusals(Refusal.NAME_TAKEN)).isEqualTo(1);
        Nodes.until(
                "it is said where the other is",
                () -> peer.logged.stream()
                        .anyMatch(line -> line.contains("a node of its name runs at 127.0.0.1:" + first.port())));
        first.reach(peer, "still");
        peer.reach(first, "you");
    }

    @Test
    void aNameIsFreeOnceItsNodeIsGone() {
        Node peer = nodes.start("peer");
        Node first = nodes.start("moved");
        introduce(first, peer);
        first.reach(peer, "here");
        first.thread.stop();
        Node second = nodes.start("moved");
        introduce(second, peer);
        second.reach(peer, "there");
    }

    @Test
    void failuresAreSaidInWordsOfAnOperator() throws IOException {
        Node a = nodes.start("a");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> a.transport.connect("127.0.0.1:" + port).join())
                .hasMessageEndingWith("cannot connect to 127.0.0.1:" + port + ": connection refused");
    }

    @Test
    void aSeedAddressTurnsIntoANodeAndBothCanTalk() {
        Node a = nodes.start("a");
        Node b = nodes.start("b");
        assertThat(Nodes.answer(a.transport.connect("127.0.0.1:" + b.port()))).isEqualTo(b.id);
        assertThat(a.transport.addressOf(b.id)).isEqualTo("127.0.0.1:" + b.port());
        a.reach(b, "hello");
        assertThat(a.counters().dials()).as("the seed's connection is used").isEqualTo(1);
        b.reach(a, "hello yourself");
        assertThat(b.transport.addressOf(a.id)).isEqualTo("127.0.0.1:" + a.port());
        assertThat(Nodes.answer(a.transport.connect("127.0.0.1:" + b.port())))
                .as("asked again, with a connection there already")
                .isEqualTo(b.id);
    }

    @Test
    void aNodeThatFindsItselfAtASeedAddressIsToldSo() {
        Node a = nodes.start("a");
        assertThat(Nodes.answer(a.transport.connect("127.0.0.1:" + a.port()))).isEqualTo(a.id);
    }

    @Test
    void aSeedWhereNobodyIsFailsWithItsAddress() throws IOException {
        Node a = nodes.start("a");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> a.transport.connect("127.0.0.1:" + port).join())
                .hasCauseInstanceOf(HostException.class)
                .hasMessageContaining("127.0.0.1:" + port);
        assertThatThrownBy(
                        () -> a.transport.connect("no-such-host.invalid:16000").join())
                .hasMessageContaining("does not resolve");
        assertThatThrownBy(() -> a.transport.connect("no port")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        Node a = nodes.start("a");
        try (RawPeer peer = RawPeer.dial(a.port())) {
            peer.send(RawPeer.hello(9, "orrery", "future", ""));
            assertThat(peer.receive()).isEqualTo(new Refused(Refusal.VERSION));
            peer.awaitClose();
        }
        assertThat(a.counters().refusals(Refusal.VERSION)).isEqualTo(1);
    }

    @Test
    void theAcceptorsProofSentBackToItIsNoProof() throws IOException {
        Node a = nodes.start("a", config -> config.cookie("secret"));
        try (RawPeer peer = RawPeer.dial(a.port())) {
            peer.send(RawPeer.hello("orrery", "mirror", ""));
            Challenge challenge = (Challenge) peer.receive();
            peer.send(new Proof(challenge.proof()));
            assertThat(peer.receive()).isEqualTo(new Refused(Refusal.COOKIE));
            peer.awaitClose();
        }
        assertThat(a.counters().refusals(Refusal.COOKIE)).isEqualTo(1);
        assertThat(a.counters().acceptedOpen()).isZero();
    }

    @Test
    void aProofOfAnEarlierHandshakeIsWorthless() throws IOException {
        Node a = nodes.start("a", config -> config.cookie("secret"));
        Hello hello = RawPeer.hello("orrery", "replayer", "");
        byte[] recorded;
        try (RawPeer peer = RawPeer.dial(a.port())) {
            peer.send(hello);
            Challenge challenge = (Challenge) peer.receive();
            recorded = peer.proof("dialer", "secret", hello, challenge);
            peer.send(new Proof(Bytes.wrap(recorded)));
            assertThat(peer.receive()).isInstanceOf(HandshakeMessage.Welcome.class);
        }
        try (RawPeer peer = RawPeer.dial(a.port())) {
            peer.send(hello);
            peer.receive();
            peer.send(new Proof(Bytes.wrap(recorded)));
            assertThat(peer.receive()).isEqualTo(new Refused(Refusal.COOKIE));
        }
    }

    @Test
    void aNodesNewerConnectionReplacesItsOlder() throws IOException {
        long hour = 3_600_000_000_000L;
        Node a = nodes.start(
                "a", config -> config.cookie("secret").keepAliveNanos(hour).idleTimeoutNanos(hour));
        try (RawPeer older = RawPeer.dialAs("peer", a.port(), "secret");
                RawPeer newer = RawPeer.dialAs("peer", a.port(), "secret")) {
            older.awaitClose();
            assertThat(a.counters().acceptedOpen()).isEqualTo(1);
            newer.sendFrame(new byte[0]);
        }
        Nodes.until("the newer is gone too", () -> a.counters().acceptedOpen() == 0);
    }

    @Test
    void aHandshakeThatDoesNotMoveOnIsEnded() throws IOException {
        Node a = nodes.start("a", config -> config.handshakeTimeoutNanos(100_000_000));
        try (RawPeer silent = RawPeer.dial(a.port());
                RawPeer halfway = RawPeer.dial(a.port())) {
            halfway.send(RawPeer.hello("orrery", "halfway", ""));
            silent.awaitClose();
            halfway.awaitClose();
        }
        assertThat(a.counters().handshakeTimeouts()).isEqualTo(2);
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndOpenOnesGoOn() throws IOException {
        Node a = nodes.start("a", config -> config.handshakesMax(3).cookie("secret"));
        try (RawPeer open = RawPeer.dialAs("peer", a.port(), "secret");
                RawPeer one = RawPeer.dial(a.port());
                RawPeer two = RawPeer.dial(a.port());
                RawPeer three = RawPeer.dial(a.port())) {
            Nodes.until(
                    "three shake hands", () -> a.transport.counters().accepted.get() == 4);
            try (RawPeer four = RawPeer.dial(a.port())) {
                four.awaitClose();
            }
            assertThat(a.counters().overLimit()).isEqualTo(1);
            open.sendFrame(new byte[30]);
            Nodes.until(
                    "the open one is heard",
                    () -> a.transport.counters().framesReceived.get() == 1);
            one.sendFrame(new byte[1]);
            two.sendFrame(new byte[1]);
            three.sendFrame(new byte[1]);
        }
    }
}
