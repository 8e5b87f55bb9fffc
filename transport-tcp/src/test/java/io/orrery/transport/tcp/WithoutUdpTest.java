package io.orrery.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.transport.tcp.Nodes.Node;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose configuration says that there is no UDP. */
class WithoutUdpTest {
    @TempDir
    Path folder;

    private Nodes nodes;

    @BeforeEach
    void begin() {
        nodes = new Nodes(folder);
    }

    @AfterEach
    void end() {
        nodes.close();
    }

    @Test
    void nothingIsBoundOnTheUdpPort() throws IOException {
        Node with = nodes.start("with");
        assertThat(isFree(with)).isFalse();
        Node without = nodes.start("without", config -> config.datagrams(false));
        assertThat(isFree(without)).isTrue();
        assertThat(without.logged).anyMatch(line -> line.contains("TCP alone"));
    }

    @Test
    void streamsGoOnAndDatagramsAreRefusedAndCounted() {
        Node without = nodes.start("without", config -> config.datagrams(false));
        Node with = nodes.start("with");
        without.transport.learn(with.id, "127.0.0.1:" + with.port());
        assertThat(without.send(with.id, "by stream")).isTrue();
        Nodes.until("it arrives", () -> with.heard.contains("without: by stream"));
        assertThat(without.sendDatagram(with.id, "by datagram")).isFalse();
        assertThat(without.counters().sendsRefusedWithoutUdp()).isEqualTo(1);
    }

    private static boolean isFree(Node node) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(node.port(), InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (SocketException taken) {
            return false;
        }
    }
}
