package io.orrery.server.bench;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.HardState;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How long a node with many groups takes to start: their logs share one write-ahead log, which is read back once. */
public final class WalBench {
    private static final NodeId SELF = NodeId.of("n1");
    private static final Configuration MEMBERS =
            Configuration.ofVoters(List.of(SELF, NodeId.of("n2"), NodeId.of("n3")));
    private static final long TERM = 3;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int CHUNK = 100;

    private final Path directory;
    private final HostConfig host;
    private final int groups;
    private final int entries;
    private final int payloadBytes;
    private final boolean snapshots;
    private SnapshotConfig taken = SnapshotConfig.DEFAULT;

    /**
     * @param directory made, and left behind
     * @param snapshots whether each group's entries are in a snapshot, but for one or two behind it
     */
    public WalBench(Path directory, HostConfig host, int groups, int entries, int payloadBytes, boolean snapshots) {
        this.directory = directory;
        this.host = host;
        this.groups = groups;
        this.entries = entries;
        this.payloadBytes = payloadBytes;
        this.snapshots = snapshots;
    }

    /** Writes the log, and starts on it. */
    public WalRow run() throws InterruptedException {
        long begun = System.nanoTime();
        long bytes;
        try (NodeThread thread = start(Writer::new)) {
            Writer writer = (Writer) thread.call(thread::protocol).join();
            await(thread, () -> writer.isDone());
            bytes = thread.call(() -> writer.wal.usedBytes()).join();
        }
        if (snapshots) {
            takeSnapshots();
        }
        double fillMillis = millisSince(begun);
        double cpuBefore = cpuMillis();
        begun = System.nanoTime();
        try (NodeThread thread = start(Node::new)) {
            Node node = (Node) thread.call(thread::protocol).join();
            await(thread, () -> node.wal.isRecovered());
            double recovered = millisSince(begun);
            await(thread, node::isStarted);
            double started = millisSince(begun);
            double cpu = cpuMillis() - cpuBefore;
            return new WalRow(
                    groups, entries, payloadBytes, bytes, fillMillis, recovered, started, cpu, heap() / groups);
        }
    }

    /** Starts a node that leads all groups by itself, until each has a snapshot of what was written. */
    private void takeSnapshots() throws InterruptedException {
        taken = SnapshotConfig.DEFAULT.every(entries, 0).withTail(0);
        host.forcesFiles(false);
        try (NodeThread thread = start(Node::new)) {
            Node node = (Node) thread.call(thread::protocol).join();
            await(thread, node::hasSnapshots);
        }
        taken = SnapshotConfig.DEFAULT;
        host.forcesFiles(true);
    }

    private NodeThread start(Program program) {
        TcpTransport transport =
                new TcpTransport(SELF, new TcpConfig().bindHost("127.0.0.1").port(0));
        return new NodeThread(SELF, host, transport, directory).start(program);
    }

    private static void await(NodeThread thread, Supplier<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!thread.call(condition::get).join()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not done within 5 minutes");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    /** Of all threads of this process. */
    private static double cpuMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e6)
                .orElse(0.0);
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** A group of which snapshots are to be taken commits without others. */
    private Configuration members() {
        return snapshots ? Configuration.ofVoters(List.of(SELF)) : MEMBERS;
    }

    /** Writes each group's hard state, configuration and entries, some groups an event. */
    private final class Writer implements Protocol {
        private final Kernel kernel;
        private final Wal wal;
        private final List<RaftLog> logs = new ArrayList<>();
        private int written;

        private Writer(Kernel kernel) {
            this.kernel = kernel;
            this.wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
            for (int group = 0; group < groups; group++) {
                logs.add(wal.open(group, () -> {}));
            }
        }

        @Override
        public void start() {
            wal.start();
            wal.whenRecovered(this::write);
        }

        private void write() {
            int until = wal.isBacklogged() ? written : Math.min(groups, written + CHUNK);
            for (; written < until; written++) {
                RaftLog log = logs.get(written);
                log.save(new HardState(TERM, SELF));
                log.append(new Entry(1, 1, 0, Entry.Kind.CONFIG, members().encode()));
                for (int i = 0; i < entries; i++) {
                    Bytes payload = Bytes.wrap(new byte[payloadBytes]);
                    log.append(new Entry(log.lastIndex() + 1, TERM, 0, Entry.Kind.COMMAND, payload));
                }
            }
            if (written < groups) {
                kernel.defer(this::write);
            }
        }

        private boolean isDone() {
            return written == groups && logs.stream().allMatch(log -> log.durableIndex() == log.lastIndex());
        }
    }

    /** A replica of each group. */
    private final class Node implements Protocol {
        private final Wal wal;
        private final List<RaftGroup> replicas = new ArrayList<>();

        private Node(Kernel kernel) {
            wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
            for (int group = 0; group < groups; group++) {
                replicas.add(new RaftGroup(
                        kernel.scope("raft-" + group),
                        RaftConfig.of(group, members()).with(taken),
                        wal,
                        new CountingMachine()));
            }
        }

        @Override
        public void start() {
            wal.start();
            replicas.forEach(RaftGroup::start);
        }

        private boolean hasSnapshots() {
            return replicas.stream().allMatch(replica -> replica.view().latestSnapshot() != null);
        }

        private boolean isStarted() {
            return replicas.stream().allMatch(replica -> replica.view().isRunning());
        }
    }
}
