package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cluster.datagrams = off}. */
class WithoutUdpTest {
    @TempDir
    Path folder;

    @Test
    void clusterIsWholeAndTheUdpPortsOfItsNodesAreFree() throws IOException {
        try (DevCluster cluster = TestNodes.cluster(2, folder, "cluster.datagrams=off")) {
            for (ServerNode node : cluster.nodes()) {
                int port = node.clusterAddress().port();
                try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                    assertThat(socket.isBound()).isTrue();
                }
                String metrics = AdminProbe.get(node, "/metrics");
                assertThat(AdminProbe.metric(metrics, "orrery_transport_datagrams_sent_total"))
                        .isZero();
                assertThat(AdminProbe.metric(metrics, "orrery_transport_sends_refused_total{reason=\"without_udp\"}"))
                        .isZero();
                assertThat(AdminProbe.metric(metrics, "orrery_members{state=\"ALIVE\"}"))
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void transportThatKnowsNothingButUdpIsRefused() {
        assertThatThrownBy(() -> NodeSettings.of(
                        TestNodes.config("n@x", folder, "cluster.datagrams=off", "cluster.transport=aeron")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("knows nothing but UDP");
    }
}
