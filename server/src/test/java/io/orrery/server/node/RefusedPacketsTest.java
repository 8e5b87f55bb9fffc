package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Program;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.server.config.Keys;
import io.orrery.server.logging.Logs;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a node turns away at its real sockets: each is refused, counted under its reason, and named in the log. */
class RefusedPacketsTest {
    private static final String COOKIE = "the cluster's own";

    @TempDir
    static Path folder;

    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
    private static ServerNode node;

    @BeforeAll
    static void startNode() {
        Logs.start(Keys.LogLevel.INFO);
        LOG.list = new CopyOnWriteArrayList<>();
        LOG.start();
        ((Logger) LoggerFactory.getLogger("io.orrery")).addAppender(LOG);
        node = TestNodes.alone("n@x", folder.resolve("n"), "node.cookie=" + COOKIE, "cluster.name=ours");
    }

    @AfterAll
    static void stopNode() {
        node.close();
        ((Logger) LoggerFactory.getLogger("io.orrery")).detachAppender(LOG);
        Logs.level(Keys.LogLevel.WARN);
    }

    @Test
    void nodeOfAnotherClusterAndOneOfAnotherCookieAreRefusedWithTheReasonOnBothSides() {
        assertRefused("elsewhere", new TcpConfig().cluster("theirs").cookie(COOKIE), "cluster", "another name");
        assertRefused("thief", new TcpConfig().cluster("ours").cookie("guessed"), "cookie", "the cookies differ");
    }

    private static void assertRefused(String name, TcpConfig config, String reason, String words) {
        String metric = "orrery_transport_handshakes_refused_total{reason=\"" + reason + "\"}";
        long before = metric(metric);
        TcpTransport stranger =
                new TcpTransport(NodeId.of(name), config.bindHost("127.0.0.1").port(0));
        try (NodeThread thread = thread(name, stranger, kernel -> () -> {})) {
            assertThatThrownBy(() ->
                            stranger.connect(node.clusterAddress().toString()).join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining(words);
            TestNodes.await("it is counted", () -> metric(metric) > before);
            TestNodes.await("it is named", () -> hasLogged("node n@x: ", name, words));
        }
    }

    @Test
    void datagramsThatAreMalformedOversizeOrUnprovedAreToldApart() throws IOException {
        byte[] unproved = new byte[100];
        unproved[0] = 0x64;
        unproved[1] = 0x4F;
        unproved[2] = 1;
        unproved[19] = 1;
        unproved[20] = 'x';
        // Both byte orders of the magic, for this test is not of the encoding.
        byte[] swapped = unproved.clone();
        swapped[0] = 0x4F;
        swapped[1] = 0x64;
        assertDropped("malformed", "no sealed frame", "hello?".getBytes(StandardCharsets.US_ASCII));
        assertDropped("oversize", "larger than any frame", new byte[5_000]);
        assertDropped("unproved", "its sender has another cookie", unproved, swapped);
    }

    private static void assertDropped(String reason, String words, byte[]... packets) throws IOException {
        String metric = "orrery_transport_datagrams_refused_total{reason=\"" + reason + "\"}";
        long before = metric(metric);
        try (DatagramSocket socket = new DatagramSocket()) {
            for (byte[] packet : packets) {
                InetAddress here = InetAddress.getLoopbackAddress();
                socket.send(new DatagramPacket(
                        packet, packet.length, here, node.clusterAddress().port()));
            }
        }
        TestNodes.await("counted as " + reason, () -> metric(metric) > before);
        TestNodes.await("named as " + reason, () -> hasLogged("dropped a datagram from", "(" + reason + ")", words));
    }

    @Test
    void streamThatIsNoHandshakeOrTooLongIsClosedAndNamed() throws IOException {
        long before = metric("orrery_transport_connections_garbage_total");
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), node.clusterAddress().port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(new byte[] {-1, -1, -1, 0x7F, 0, 0, 0, 0});
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        TestNodes.await("counted", () -> metric("orrery_transport_connections_garbage_total") > before);
        TestNodes.await("named", () -> hasLogged("closed a connection from", "a frame of 2147483647 bytes"));
    }

    @Test
    void gossipOfAnotherClusterBehindGoodHandshakesIsRefusedCountedAndNamed() {
        String metric = "orrery_gossip_refused_total{reason=\"other_cluster\"}";
        long before = metric(metric);
        TcpTransport transport = friend("spy");
        NodeId target = node.name();
        transport.learn(target, node.clusterAddress().toString());
        Program program = kernel -> {
            Membership other = new Membership(kernel, GossipConfig.fast("theirs"), "", transport);
            other.join(List.of(target));
            return other;
        };
        try (NodeThread thread = thread("spy", transport, program)) {
            TestNodes.await("counted", () -> metric(metric) > before);
            TestNodes.await("named", () -> hasLogged("node n@x: no gossip with", "spy is of cluster theirs, not ours"));
            assertThat(thread.isHalted()).isFalse();
        }
        assertThat(node.runningNodes()).containsExactly(target);
    }

    @Test
    void framesThatNobodyCanReadAreCountedByReasonAndNamed() {
        Codec<Long> rubbish = Codec.of((n, out) -> out.writeLong(n), in -> in.readLong());
        TcpTransport transport = friend("mumbler");
        NodeId target = node.name();
        transport.learn(target, node.clusterAddress().toString());
        Program program = kernel -> {
            Port<Long> gossip = kernel.open(new Channel(2, 0, Delivery.STREAM), rubbish, (from, n) -> {});
            Port<Long> nobodys = kernel.open(new Channel(1_999, 0, Delivery.STREAM), rubbish, (from, n) -> {});
            return () -> sendForEver(kernel, () -> {
                gossip.send(target, -1L);
                nobodys.send(target, 1L);
            });
        };
        long malformed = metric("orrery_frames_dropped_total{reason=\"malformed\"}");
        long unroutable = metric("orrery_frames_dropped_total{reason=\"unroutable\"}");
        try (NodeThread thread = thread("mumbler", transport, program)) {
            TestNodes.await(
                    "counted as malformed",
                    () -> metric("orrery_frames_dropped_total{reason=\"malformed\"}") > malformed);
            TestNodes.await(
                    "counted as unroutable",
                    () -> metric("orrery_frames_dropped_total{reason=\"unroutable\"}") > unroutable);
            // A node that has just started keeps silent about what came too early.
            Pattern both =
                    Pattern.compile("node n@x: dropped frames .* [1-9]\\d* malformed, [1-9]\\d* for no protocol.*");
            TestNodes.await(
                    "named",
                    () -> LOG.list.stream()
                            .anyMatch(event ->
                                    both.matcher(event.getFormattedMessage()).matches()));
            assertThat(thread.isHalted()).isFalse();
        }
        assertThat(node.whyNotReady()).isEmpty();
    }

    private static void sendForEver(Kernel kernel, Runnable send) {
        Timer[] timer = new Timer[1];
        timer[0] = kernel.timer("again", () -> {
            send.run();
            timer[0].restart(Time.millis(200));
        });
        timer[0].restart(Time.millis(1));
    }

    /** A transport that this cluster's nodes take for one of theirs. */
    private static TcpTransport friend(String name) {
        TcpConfig config = new TcpConfig().cluster("ours").cookie(COOKIE).bindHost("127.0.0.1");
        return new TcpTransport(NodeId.of(name), config.port(0));
    }

    private static NodeThread thread(String name, TcpTransport transport, Program program) {
        return new NodeThread(NodeId.of(name), new HostConfig(), transport, folder.resolve(name)).start(program);
    }

    private static boolean hasLogged(String... words) {
        return LOG.list.stream().map(ILoggingEvent::getFormattedMessage).anyMatch(line -> {
            for (String word : words) {
                if (!line.contains(word)) {
                    return false;
                }
            }
            return true;
        });
    }

    private static long metric(String name) {
        try {
            return AdminProbe.metric(AdminProbe.get(node, "/metrics"), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
