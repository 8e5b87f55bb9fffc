package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.mqtt.MqttTestClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers on every port: what they send is counted, their connection closed, and the node goes on. */
class GarbageTest {
    @TempDir
    Path folder;

    @Test
    void garbageOnEveryPortClosesItsConnectionAndNothingElse() throws IOException {
        try (ServerNode node =
                        TestNodes.alone("g@local", folder, "mqtt.connect-timeout=5s", "mqtt.packet.bytes-max=64KiB");
                MqttTestClient client =
                        MqttTestClient.connected(node.mqttAddress().port(), 5, "steady")) {
            client.subscribe("still/here", 1);
            int sent = 0;
            for (byte[] garbage : garbage()) {
                for (int port :
                        List.of(node.mqttAddress().port(), node.clusterAddress().port())) {
                    requireClosed(port, garbage);
                    sent++;
                }
                requireClosed(node.adminAddress().port(), garbage);
                datagram(node.clusterAddress().port(), garbage);
            }
            assertThat(sent).isEqualTo(2 * garbage().size());
            assertThat(node.mqttCounters().malformed()
                            + node.mqttCounters().protocolErrors()
                            + node.mqttCounters().connectTimeouts()
                            + node.mqttCounters().refusedConnects())
                    .isGreaterThanOrEqualTo(garbage().size() - 1);
            client.publish("still/here", "yes", 0, 0);
            assertThat(client.message()).isEqualTo("still/here=yes");
            assertThat(node.whyNotReady()).isEmpty();
            String metrics = AdminProbe.get(node, "/metrics");
            assertThat(AdminProbe.metric(metrics, "orrery_transport_connections_garbage_total"))
                    .isPositive();
            assertThat(AdminProbe.metric(metrics, "orrery_transport_datagrams_refused_total{reason=\"malformed\"}"))
                    .isPositive();
        }
    }

    private static List<byte[]> garbage() {
        Random random = new Random(7);
        List<byte[]> all = new ArrayList<>();
        for (int length : new int[] {1, 16, 1000, 70_000}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            all.add(bytes);
        }
        all.add(("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 2147483648\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        all.add("{\"json\": true}\n".getBytes(StandardCharsets.US_ASCII));
        // A TLS 1.2 client hello, as far as its first bytes.
        all.add(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xFC, 0x03, 0x03, 1, 2, 3, 4});
        // A length of 2 GiB, in both byte orders.
        all.add(new byte[] {0x7F, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0});
        all.add(new byte[] {-1, -1, -1, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0});
        // MQTT CONNECTs with the largest remaining length there is, and with one that is too long to be one.
        all.add(new byte[] {0x10, -1, -1, -1, 0x7F, 0, 4, 'M', 'Q', 'T', 'T'});
        all.add(new byte[] {0x10, -1, -1, -1, -1, 0x7F});
        // A CONNECT of a version that does not exist.
        all.add(new byte[] {0x10, 12, 0, 4, 'M', 'Q', 'T', 'T', 99, 2, 0, 60, 0, 0});
        return all;
    }

    /** Sends bytes, ends the sending side, and waits for the server to close. */
    private static void requireClosed(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // what it says before it closes is of no interest here
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("port " + port + " does not close after " + bytes.length + " bytes", e);
        } catch (IOException reset) {
            // closed with what we sent unread: closed it is
        }
    }

    private static void datagram(int port, byte[] bytes) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            int length = Math.min(bytes.length, 1400);
            socket.send(new DatagramPacket(bytes, length, InetAddress.getLoopbackAddress(), port));
        }
    }
}
