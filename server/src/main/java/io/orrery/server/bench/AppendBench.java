package io.orrery.server.bench;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What space that was taken ahead is worth: synced appends one at a time, on a log that allocates its segment ahead and on one
 * that does not, in turns on the same disk, so that whatever else the machine does meets both.
 */
public final class AppendBench {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int ROUNDS = 20;

    private final Path directory;
    private final int appends;
    private final int payloadBytes;

    /**
     * @param directory made, and left behind
     * @param appends of each of the two logs, in all rounds; at least 20
     */
    public AppendBench(Path directory, int appends, int payloadBytes) {
        this.directory = directory;
        this.appends = appends;
        this.payloadBytes = payloadBytes;
    }

    /** A row for no space ahead, and one for a whole segment. */
    public List<AppendRow> run() throws InterruptedException {
        long[] ahead = {0, WalConfig.DEFAULT.segmentBytes()};
        List<List<long[]>> rounds = List.of(new ArrayList<>(), new ArrayList<>());
        try (NodeThread plain = start("n1", ahead[0]);
                NodeThread allocated = start("n2", ahead[1])) {
            List<NodeThread> nodes = List.of(plain, allocated);
            for (NodeThread node : nodes) {
                round(node, ROUNDS);
            }
            await(allocated, () -> appender(allocated).wal.usedBytes() >= ahead[1]);
            for (int round = 0; round < 2 * ROUNDS; round++) {
                int each = (round + round / 2) % 2;
                rounds.get(each).add(round(nodes.get(each), appends / ROUNDS));
            }
        }
        return List.of(row(ahead[0], rounds.get(0)), row(ahead[1], rounds.get(1)));
    }

    private NodeThread start(String name, long aheadBytes) throws InterruptedException {
        NodeId self = NodeId.of(name);
        TcpTransport transport =
                new TcpTransport(self, new TcpConfig().bindHost("127.0.0.1").port(0));
        NodeThread node = new NodeThread(self, new HostConfig(), transport, directory.resolve(name))
                .start(kernel -> new Appender(kernel, aheadBytes));
        await(node, () -> appender(node).wal.isRecovered());
        return node;
    }

    private static Appender appender(NodeThread node) {
        return (Appender) node.protocol();
    }

    private static long[] round(NodeThread node, int count) throws InterruptedException {
        node.call(() -> appender(node).begin(count)).join();
        await(node, () -> appender(node).done == count);
        return node.call(() -> appender(node).nanos).join();
    }

    private static void await(NodeThread node, Supplier<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!node.call(condition::get).join()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not done within 2 minutes");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static AppendRow row(long aheadBytes, List<long[]> rounds) {
        long[] all = rounds.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        double[] medians =
                rounds.stream().mapToDouble(round -> micros(round, 50)).sorted().toArray();
        return new AppendRow(
                aheadBytes, all.length, micros(all, 50), micros(all, 99), medians[0], medians[medians.length - 1]);
    }

    private static double micros(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e3;
    }

    /** Appends the next entry when the one before is durable. */
    private final class Appender implements Protocol {
        private final Wal wal;
        private final RaftLog log;
        private long[] nanos = {};
        private int done;
        private long begun;

        private Appender(Kernel kernel, long aheadBytes) {
            wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT.withAheadBytes(aheadBytes));
            log = wal.open(0, this::onDurable);
        }

        @Override
        public void start() {
            wal.start();
        }

        private boolean begin(int count) {
            nanos = new long[count];
            done = 0;
            append();
            return true;
        }

        private void append() {
            begun = System.nanoTime();
            log.append(1, 0, Entry.Kind.COMMAND, Bytes.wrap(new byte[payloadBytes]));
        }

        private void onDurable() {
            if (done < nanos.length) {
                nanos[done++] = System.nanoTime() - begun;
                if (done < nanos.length) {
                    append();
                }
            }
        }
    }
}
