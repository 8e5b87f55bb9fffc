package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.LonelyTransport;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.server.admin.MetricsWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalMetricsTest {
    @TempDir
    Path folder;

    /** Two batches of one entry each, one after the other. */
    private static final class Writer implements Protocol {
        private final Wal wal;
        private final RaftLog log;

        private Writer(Kernel kernel) {
            wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT.withSegmentBytes(16 * 1024));
            log = wal.open(1, this::append);
        }

        @Override
        public void start() {
            wal.start();
            wal.whenRecovered(this::append);
        }

        private void append() {
            if (log.lastIndex() < 2) {
                log.append(new Entry(log.lastIndex() + 1, 1, 0, Entry.Kind.COMMAND, Bytes.ofUtf8("x")));
            }
        }
    }

    @Test
    void whatTheLogWroteShowsInTheMetrics() {
        NodeThread thread = new NodeThread(NodeId.of("n1"), new HostConfig(), new LonelyTransport(), folder);
        thread.start(Writer::new);
        try {
            Writer writer = (Writer) thread.call(thread::protocol).join();
            TestNodes.await(
                    "two entries are durable",
                    () -> thread.call(() -> writer.log.durableIndex() == 2).join());
            String metrics = thread.call(() -> {
                        MetricsWriter out = new MetricsWriter();
                        WalMetrics.wal(writer.wal, out);
                        return out.toString();
                    })
                    .join();
            long bytes = thread.call(() -> writer.wal.counters().bytes()).join();
            assertThat(bytes).isPositive();
            assertThat(metrics)
                    .contains("orrery_raft_wal_batches_total 2\n", "orrery_raft_wal_syncs_total 2\n")
                    .contains("orrery_raft_wal_bytes_total " + bytes + "\n")
                    .contains("orrery_raft_wal_full 0\n", "orrery_raft_wal_silent_seconds 0\n")
                    .contains("orrery_raft_wal_writes_refused_total 0\n", "orrery_raft_wal_damages_found_total 0\n");
        } finally {
            thread.stop();
        }
    }
}
