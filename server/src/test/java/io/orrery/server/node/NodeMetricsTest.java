package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.LonelyTransport;
import io.orrery.kernel.host.NodeThread;
import io.orrery.server.admin.MetricsWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMetricsTest {
    private static final Codec<Long> NUMBER = Codec.of((n, out) -> out.writeLong(n), in -> in.readLong());
    private static final Channel OPEN = new Channel(1000, 0, Delivery.STREAM);
    private static final Channel CLOSED = new Channel(1000, 1, Delivery.STREAM);

    @TempDir
    Path folder;

    @Test
    void eachFrameThatIsDroppedIsCountedByItsReason() {
        LonelyTransport transport = new LonelyTransport();
        NodeThread node = new NodeThread(NodeId.of("n1"), new HostConfig(), transport, folder);
        node.start(kernel -> {
            Port<Long> port = kernel.open(OPEN, NUMBER, (from, n) -> {});
            return () -> port.send(NodeId.of("nobody"), 1L);
        });
        try {
            receive(transport, frame(OPEN, 1));
            for (int i = 0; i < 3; i++) {
                receive(transport, frame(OPEN, 2));
            }
            receive(transport, frame(CLOSED, 1));
            receive(transport, frame(CLOSED, 1));
            receive(transport, new byte[64]);
            MetricsWriter out = new MetricsWriter();
            String metrics = node.call(() -> {
                        NodeMetrics.ports(node.portCounters(), out);
                        return out.toString();
                    })
                    .join();
            assertThat(metrics)
                    .contains("orrery_frames_sent_total 0\n", "orrery_frames_received_total 7\n")
                    .contains("orrery_frames_dropped_total{reason=\"not_sent\"} 1\n")
                    .contains("orrery_frames_dropped_total{reason=\"malformed\"} 1\n")
                    .contains("orrery_frames_dropped_total{reason=\"unroutable\"} 2\n")
                    .contains("orrery_frames_dropped_total{reason=\"unknown_version\"} 3\n");
        } finally {
            node.stop();
        }
    }

    private static byte[] frame(Channel channel, int version) {
        Encoder out = new Encoder();
        Frame.encode(channel, NUMBER, version, version, 5L, new CRC32C(), out);
        return Arrays.copyOf(out.buffer(), out.position());
    }

    private static void receive(LonelyTransport transport, byte[] frame) {
        assertThat(transport.inbound().onFrame(NodeId.of("peer"), Delivery.STREAM, frame, 0, frame.length))
                .isTrue();
    }
}
