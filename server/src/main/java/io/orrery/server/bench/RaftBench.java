package io.orrery.server.bench;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.Configuration;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * One Raft group of three nodes in this process, over loopback TCP, each with its own disk thread and directory; every
 * commit is synced on a majority before it is acknowledged.
 */
public final class RaftBench implements AutoCloseable {
    private static final int NODES = 3;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long LATENCY_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

    private final Path directory;
    private final List<NodeThread> threads = new ArrayList<>();
    private final List<RaftNode> nodes = new ArrayList<>();

    /**
     * Starts the nodes.
     *
     * @param directory made, and removed by {@link #close}
     */
    public RaftBench(Path directory, HostConfig host) {
        this.directory = directory;
        List<NodeId> ids = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));
        List<TcpTransport> transports = new ArrayList<>();
        for (NodeId id : ids) {
            TcpTransport transport =
                    new TcpTransport(id, new TcpConfig().bindHost("127.0.0.1").port(0));
            NodeThread thread = new NodeThread(id, host, transport, directory.resolve(id.name()));
            thread.start(kernel -> {
                RaftNode node = new RaftNode(kernel, Configuration.ofVoters(ids));
                nodes.add(node);
                return node;
            });
            threads.add(thread);
            transports.add(transport);
        }
        for (TcpTransport transport : transports) {
            for (int i = 0; i < NODES; i++) {
                transport.learn(ids.get(i), "127.0.0.1:" + transports.get(i).port());
            }
        }
    }

    /**
     * Measures one setting.
     *
     * @param warmUps rounds before those that count
     * @param progress one line a round
     */
    public RaftRow measure(
            int inFlight, int payloadBytes, int warmUps, int rounds, long roundNanos, Consumer<String> progress)
            throws InterruptedException {
        int leader = awaitLeader();
        NodeThread thread = threads.get(leader);
        RaftLoad load = new RaftLoad(thread, nodes.get(leader).group(), inFlight, payloadBytes);
        for (int i = 0; i < warmUps; i++) {
            load.run(roundNanos, new Histogram(LATENCY_NANOS_MAX, 3));
        }
        Histogram latency = new Histogram(LATENCY_NANOS_MAX, 3);
        double[] perSecond = new double[rounds];
        long forces = thread.counters().storageForces();
        for (int i = 0; i < rounds; i++) {
            perSecond[i] = load.run(roundNanos, latency);
            progress.accept("orrery, " + inFlight + " in flight: " + Math.round(perSecond[i]) + "/s");
        }
        long syncs = Math.max(1, thread.counters().storageForces() - forces);
        return new RaftRow(
                "orrery",
                true,
                inFlight,
                payloadBytes,
                Spread.of(perSecond),
                latency.getValueAtPercentile(50) / 1e3,
                latency.getValueAtPercentile(99) / 1e3,
                (double) latency.getTotalCount() / syncs);
    }

    private int awaitLeader() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            for (int i = 0; i < NODES; i++) {
                RaftNode node = nodes.get(i);
                if (threads.get(i).call(() -> node.group().isLeader()).join()) {
                    return i;
                }
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException("no leader within " + PATIENCE_NANOS / 1_000_000_000L + " s");
    }

    @Override
    public void close() throws IOException {
        threads.forEach(NodeThread::close);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
