package io.orrery.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.CounterSink;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.HostException;
import io.orrery.transport.tcp.HandshakeMessage.Challenge;
import io.orrery.transport.tcp.HandshakeMessage.Hello;
import io.orrery.transport.tcp.HandshakeMessage.Welcome;
import io.orrery.transport.tcp.Nodes.Node;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
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

    @Test
    void aPortInUseIsNamedWithWhatToDo() {
        Node first = nodes.start("first");
        assertThatThrownBy(() -> nodes.start("second", config -> config.port(first.port())))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("127.0.0.1:" + first.port())
                .hasMessageContaining("TCP")
                .hasMessageContaining("another port");
    }

    @Test
    void aPortThatUdpCannotHaveIsNamedToo() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            assertThatThrownBy(() -> nodes.start("node", config -> config.port(taken.getLocalPort())))
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("UDP");
            try (ServerSocket free = new ServerSocket()) {
                free.setReuseAddress(true);
                free.bind(new InetSocketAddress("127.0.0.1", taken.getLocalPort()));
            }
        }
    }

    @Test
    void anAddressThatIsNotThisMachinesIsNamed() {
        assertThatThrownBy(() -> nodes.start("node", config -> config.bindHost("192.0.2.1")))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("this machine");
    }

    @Test
    void aPeerKnownByHostNameIsReached() {
        Node a = nodes.start("a", config -> config.bindHost(""));
        Node b = nodes.start("b", config -> config.bindHost(""));
        a.transport.learn(b.id, "localhost:" + b.port());
        a.reach(b, "by name");
        Nodes.until("a datagram too", () -> {
            a.sendDatagram(b.id, "datagram by name");
            return b.heard.contains("a: datagram by name");
        });
        b.reach(a, "and back, where the connection came from");
    }

    @Test
    void ipv6AddressesWork() throws IOException {
        InetAddress loopback = InetAddress.getByName("::1");
        assumeTrue(isBindable(loopback), "this machine has no IPv6");
        Node a = nodes.start("a", config -> config.bindHost("::1"));
        Node b = nodes.start("b", config -> config.bindHost("::1"));
        assertThat(Nodes.answer(a.transport.connect("[::1]:" + b.port()))).isEqualTo(b.id);
        assertThat(a.transport.addressOf(b.id)).isEqualTo("[::1]:" + b.port());
        a.reach(b, "over six");
        b.reach(a, "and back");
        Nodes.until("a datagram too", () -> {
            a.sendDatagram(b.id, "datagram over six");
            return b.heard.contains("a: datagram over six");
        });
    }

    private static boolean isBindable(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aDatagramTellsWhereItsSenderIs() {
        Node a = nodes.start("a");
        Node b = nodes.start("b");
        a.transport.learn(b.id, "127.0.0.1:" + b.port());
        Nodes.until("b hears a", () -> {
            a.sendDatagram(b.id, "hello");
            return !b.heard.isEmpty();
        });
        assertThat(b.transport.addressOf(a.id)).isEqualTo("127.0.0.1:" + a.port());
    }

    @Test
    void anAbsentPeerIsTriedLessAndLessOftenAndFoundOnceItIsThere() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Node a = nodes.start("a", config -> config.backoffNanos(50_000_000, 200_000_000));
        NodeId late = NodeId.of("late");
        a.transport.learn(late, "127.0.0.1:" + port);
        long startNanos = System.nanoTime();
        Nodes.until("five attempts failed", () -> {
            a.send(late, "are you there");
            return a.counters().dials() >= 5;
        });
        long tookNanos = System.nanoTime() - startNanos;
        assertThat(tookNanos).as("pauses of at least 25, 50, 100, 100 ms").isGreaterThan(270_000_000);
        Nodes.until(
                "the last attempt failed too",
                () -> a.counters().dialFailures.get() == a.counters().dials());
        Node there = nodes.start("late", config -> config.port(port));
        a.reach(there, "there you are");
        assertThat(there.heard).as("nothing old over a new connection").doesNotContain("a: are you there");
        assertThat(a.counters().lostBytes.get()).isPositive();
    }

    @Test
    void whatWaitsForTheAddressOfAPeerIsGivenUpWhenThePeerIsForgotten() {
        Node a = nodes.start("a");
        NodeId nameless = NodeId.of("nameless");
        a.transport.learn(nameless, "no-such-host.invalid:16000");
        // In one event of the node: the answer of the name server comes after it.
        long lostBytes = Nodes.answer(a.thread.call(() -> {
            assertThat(a.post(nameless, "are you there")).isTrue();
            a.transport.learn(nameless, "");
            return a.counters().lostBytes.get();
        }));
        assertThat(lostBytes).isPositive();
    }

    @Test
    void wordFromAPeerEndsThePauseBeforeTheNextAttempt() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Node a = nodes.start("a", config -> config.backoffNanos(3_600_000_000_000L, 3_600_000_000_000L));
        NodeId late = NodeId.of("late");
        a.transport.learn(late, "127.0.0.1:" + port);
        Nodes.until("it is apart", () -> !a.send(late, "anyone"));
        Node there = nodes.start("late", config -> config.port(port));
        there.transport.learn(a.id, "127.0.0.1:" + a.port());
        there.reach(a, "here I am");
        a.reach(there, "at once");
    }

    @Test
    void aPeerThatMovesIsFollowed() {
        Node a = nodes.start("a");
        Node before = nodes.start("b");
        a.transport.learn(before.id, "127.0.0.1:" + before.port());
        a.reach(before, "where you were");
        Node after = nodes.start("b");
        a.transport.learn(after.id, "127.0.0.1:" + after.port());
        a.reach(after, "where you are");
    }

    @Test
    void anAddressThatMakesNoSenseIsCountedAndForgotten() {
        Node a = nodes.start("a");
        NodeId odd = NodeId.of("odd");
        for (String address : new String[] {"x", ":1", "h:0", "h:65536", "::1:5", "h:port"}) {
            a.transport.learn(odd, address);
        }
        assertThat(a.transport.addressOf(odd)).isNull();
        assertThat(a.counters().peersUnlearnt.get()).isEqualTo(6);
        assertThat(a.send(odd, "x")).isFalse();
    }

    @Test
    void addressesBeyondTheLimitAreNotLearnt() {
        Node a = nodes.start("a", config -> config.peersMax(2));
        for (int i = 0; i < 5; i++) {
            a.transport.learn(NodeId.of("n" + i), "127.0.0.1:1");
        }
        assertThat(a.transport.addressOf(NodeId.of("n1"))).isNotNull();
        assertThat(a.transport.addressOf(NodeId.of("n2"))).isNull();
        assertThat(a.counters().peersUnlearnt.get()).isEqualTo(3);
    }

    @Test
    void aPeerWithoutAnAddressAnyMoreIsUnknown() {
        Node a = nodes.start("a");
        Node b = nodes.start("b");
        a.transport.learn(b.id, "127.0.0.1:" + b.port());
        a.reach(b, "hello");
        a.transport.learn(b.id, "");
        Nodes.until("b is unknown", () -> !a.send(b.id, "x"));
        Nodes.until("and disconnected", () -> b.counters().acceptedOpen() == 0);
    }

    /** A peer that shakes hands and then says nothing more, not even that it lives. */
    @Test
    void aPeerThatFallsSilentIsGivenUp() throws Exception {
        Node a = nodes.start("a", config -> config.keepAliveNanos(50_000_000).idleTimeoutNanos(200_000_000));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            NodeId mute = NodeId.of("mute");
            a.transport.learn(mute, "127.0.0.1:" + server.getLocalPort());
            a.send(mute, "hello");
            try (RawPeer peer = new RawPeer(server.accept())) {
                Hello hello = (Hello) peer.receive();
                Challenge challenge = new Challenge(1, mute, 5, "", 0, Bytes.wrap(new byte[16]), Bytes.EMPTY, null);
                peer.send(challenge.proved(peer.proof("acceptor", "", hello, challenge)));
                peer.receive();
                peer.send(new Welcome());
                peer.awaitClose();
            }
        }
        assertThat(a.counters().idleTimeouts()).isEqualTo(1);
    }

    @Test
    void idleConnectionsOfLivingPeersStay() {
        Node a = nodes.start("a", config -> config.keepAliveNanos(50_000_000).idleTimeoutNanos(800_000_000));
        Node b = nodes.start("b", config -> config.keepAliveNanos(50_000_000).idleTimeoutNanos(800_000_000));
        a.transport.learn(b.id, "127.0.0.1:" + b.port());
        a.reach(b, "hello");
        long startNanos = System.nanoTime();
        Nodes.until("two timeouts passed", () -> System.nanoTime() - startNanos > 2_000_000_000L);
        a.reach(b, "still here");
        assertThat(a.counters().dials()).isEqualTo(1);
        assertThat(a.counters().idleTimeouts() + b.counters().idleTimeouts()).isZero();
    }

    @Test
    void aNodeThatIsNotTheExpectedOneGetsNoFrames() throws Exception {
        Node a = nodes.start("a");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            a.transport.learn(NodeId.of("b"), "127.0.0.1:" + server.getLocalPort());
            a.send(NodeId.of("b"), "for b alone");
            try (RawPeer liar = new RawPeer(server.accept())) {
                Hello hello = (Hello) liar.receive();
                Challenge challenge =
                        new Challenge(1, NodeId.of("c"), 5, "", 0, Bytes.wrap(new byte[16]), Bytes.EMPTY, null);
                liar.send(challenge.proved(liar.proof("acceptor", "", hello, challenge)));
                assertThat(liar.receive()).isEqualTo(new HandshakeMessage.Refused(Refusal.OTHER_NODE));
                liar.awaitClose();
            }
        }
    }

    @Test
    void anAcceptorThatCannotProveTheCookieGetsNoFrames() throws Exception {
        Node a = nodes.start("a", config -> config.cookie("secret"));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            NodeId impostor = NodeId.of("impostor");
            a.transport.learn(impostor, "127.0.0.1:" + server.getLocalPort());
            a.send(impostor, "for members alone");
            try (RawPeer peer = new RawPeer(server.accept())) {
                Hello hello = (Hello) peer.receive();
                Challenge challenge = new Challenge(1, impostor, 5, "", 0, Bytes.wrap(new byte[16]), Bytes.EMPTY, null);
                peer.send(challenge.proved(peer.proof("acceptor", "a guess", hello, challenge)));
                assertThat(peer.receive()).isEqualTo(new HandshakeMessage.Refused(Refusal.COOKIE));
                peer.awaitClose();
            }
        }
        assertThat(a.counters().refusals(Refusal.COOKIE)).isEqualTo(1);
    }

    @Test
    void aFullInboxStopsTheSocketAndLosesNothing() {
        int count = 20_000;
        Node a = nodes.start("a");
        Node b = nodes.start("b", config -> config, new HostConfig().inboxItemsMax(16));
        a.transport.learn(b.id, "127.0.0.1:" + b.port());
        a.reach(b, "hello");
        for (int i = 0; i < count; i += 1000) {
            int from = i;
            Nodes.answer(a.thread.call(() -> {
                for (int n = from; n < from + 1000; n++) {
                    assertThat(a.post(b.id, "message " + n)).isTrue();
                }
                return null;
            }));
        }
        Nodes.until("the last arrived", () -> b.heard.contains("a: message " + (count - 1)));
        assertThat(b.counters().stalls()).isPositive();
        List<String> messages =
                b.heard.stream().filter(line -> line.contains("message")).toList();
        assertThat(messages).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(messages.get(i)).isEqualTo("a: message " + i);
        }
    }

    @Test
    void theChosenIoIsSaid() {
        assertThat(nodes.start("native").transport.ioName()).isIn("epoll", "nio");
        Node nio = nodes.start("nio", config -> config.nativeIo(false));
        assertThat(nio.transport.ioName()).isEqualTo("nio");
        assertThat(nio.logged).anyMatch(line -> line.contains("by nio"));
    }

    @Test
    void everyCounterHasANameOfItsOwn() {
        TreeSet<String> names = new TreeSet<>();
        new TcpCounters().forEach(new CounterSink() {
            @Override
            public void counter(String name, String help, long value) {
                assertThat(names.add(name)).isTrue();
            }

            @Override
            public void gauge(String name, String help, long value) {
                assertThat(names.add(name)).isTrue();
            }

            @Override
            public void refusals(String family, String help, String reason, long value) {
                assertThat(names.add(family + " " + reason)).isTrue();
            }
        });
        assertThat(names).contains("handshakes_refused cookie", "stream_stalls", "datagrams_refused replayed");
    }
}
