package io.orrery.server.bench;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.Configuration;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * A snapshot of a large state, taken by a group of one voter under load, installed by an empty replica over loopback TCP, and
 * read back at a restart; each node with its own disk thread and directory, everything synced.
 */
public final class SnapshotBench {
    private static final NodeId LEADER = NodeId.of("n1");
    private static final NodeId JOINER = NodeId.of("n2");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long LATENCY_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int IN_FLIGHT = 8;
    private static final int PAYLOAD_BYTES = 128;

    private final Path directory;
    private final HostConfig host;
    private final int fills;
    private final Consumer<String> progress;
    private long joinerStepNanos;

    /** A node, while it runs. */
    private static final class Node implements Protocol, AutoCloseable {
        private final Wal wal;
        private final BulkMachine machine = new BulkMachine();
        private final RaftGroup group;
        private NodeThread thread;

        Node(Kernel kernel, RaftConfig config) {
            wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
            group = new RaftGroup(kernel.scope("raft-0"), config, wal, machine);
        }

        @Override
        public void start() {
            wal.start();
            group.start();
        }

        boolean is(BooleanSupplier condition) {
            return thread.call(condition::getAsBoolean).join();
        }

        @Override
        public void close() {
            thread.close();
        }
    }

    /**
     * @param directory made, and removed at the end
     * @param stateBytes of the machine, at least
     */
    public SnapshotBench(Path directory, HostConfig host, long stateBytes, Consumer<String> progress) {
        this.directory = directory;
        this.host = host;
        this.fills = Math.toIntExact(Math.max(1, stateBytes / BulkMachine.VALUE_BYTES / BulkMachine.VALUES_PER_FILL));
        this.progress = progress;
    }

    /** Measures once. */
    public SnapshotRow run() throws IOException, InterruptedException {
        try {
            return measure();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private SnapshotRow measure() throws InterruptedException {
        TcpTransport leaderPort = transport(LEADER);
        TcpTransport joinerPort = transport(JOINER);
        Node leader = start(LEADER, leaderPort, Configuration.ofVoters(List.of(LEADER)));
        Histogram quiet = histogram();
        Histogram taking = histogram();
        Histogram installing = histogram();
        double installMillis;
        long stateBytes;
        double cycleMicros;
        try (leader) {
            await("a leader", leader, leader.group::isLeader);
            fill(leader);
            leader.thread.counters().takeCycleNanosMax();
            load(leader, taking, () -> leader.group.view().snapshotCounters().taken() > 0);
            progress.accept("taken");
            long until = System.nanoTime() + QUIET_NANOS;
            load(leader, quiet, () -> System.nanoTime() >= until);
            stateBytes = (long) leader.machine.size() * BulkMachine.VALUE_BYTES;
            try (Node joiner = start(JOINER, joinerPort, Configuration.EMPTY)) {
                leaderPort.learn(JOINER, "127.0.0.1:" + joinerPort.port());
                joinerPort.learn(LEADER, "127.0.0.1:" + leaderPort.port());
                long start = System.nanoTime();
                leader.thread.call(() -> {
                    leader.group.change(MembershipChange.addLearner(JOINER), outcome -> {});
                    return true;
                });
                AtomicBoolean isInstalled = new AtomicBoolean();
                load(leader, installing, () -> {
                    isInstalled.compareAndSet(
                            false,
                            joiner.is(
                                    () -> joiner.group.view().snapshotCounters().installed() > 0));
                    return isInstalled.get();
                });
                installMillis = (System.nanoTime() - start) / 1e6;
                joinerStepNanos = joiner.machine.longestStepNanos();
                progress.accept("installed");
            }
            cycleMicros = leader.thread.counters().takeCycleNanosMax() / 1e3;
        }
        return row(leader, stateBytes, installMillis, restartMillis(), cycleMicros, quiet, taking, installing);
    }

    private SnapshotRow row(
            Node leader,
            long stateBytes,
            double installMillis,
            double restartMillis,
            double cycleMicros,
            Histogram quiet,
            Histogram taking,
            Histogram installing) {
        var view = leader.group.view();
        return new SnapshotRow(
                stateBytes,
                view.latestSnapshot().bytes(),
                view.latestSnapshot().sliceBytes(),
                view.snapshotCounters().takeNanosLast() / 1e6,
                installMillis,
                restartMillis,
                Math.max(leader.machine.longestStepNanos(), joinerStepNanos) / 1e3,
                cycleMicros,
                quiet.getValueAtPercentile(99) / 1e3,
                taking.getValueAtPercentile(99) / 1e3,
                installing.getValueAtPercentile(99) / 1e3);
    }

    private static Histogram histogram() {
        return new Histogram(LATENCY_NANOS_MAX, 3);
    }

    private static TcpTransport transport(NodeId id) {
        return new TcpTransport(id, new TcpConfig().bindHost("127.0.0.1").port(0));
    }

    private Node start(NodeId id, TcpTransport transport, Configuration members) throws InterruptedException {
        // The entry with which the state is complete: the configuration and the leader's first come before the
        // commands.
        SnapshotConfig usual = SnapshotConfig.DEFAULT;
        SnapshotConfig snapshots = new SnapshotConfig(
                fills + 2,
                0,
                usual.growthPercent(),
                usual.sliceBytes(),
                usual.windowSlices(),
                0,
                usual.holdEntriesMax());
        NodeThread thread = new NodeThread(id, host, transport, directory.resolve(id.name()));
        thread.start(kernel -> new Node(kernel, RaftConfig.of(0, members).with(snapshots)));
        Node node = (Node) thread.call(thread::protocol).join();
        node.thread = thread;
        return node;
    }

    private void fill(Node leader) throws InterruptedException {
        int[] done = new int[1];
        for (int i = 0; i < fills; i++) {
            int most = i;
            leader.thread.call(() -> {
                leader.group.propose(BulkMachine.fill(), outcome -> done[0]++);
                return true;
            });
            if (most % 64 == 0 || most == fills - 1) {
                int wanted = most == fills - 1 ? fills : Math.max(0, most - 64);
                await("the state", leader, () -> done[0] >= wanted);
            }
        }
        progress.accept("filled");
    }

    private static void load(Node leader, Histogram latency, BooleanSupplier isOver) throws InterruptedException {
        RaftLoad load = new RaftLoad(leader.thread, leader.group, IN_FLIGHT, PAYLOAD_BYTES);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!isOver.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not done within 5 minutes");
            }
            load.run(ROUND_NANOS, latency);
        }
    }

    private static void await(String what, Node node, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!node.is(condition)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no " + what + " within 5 minutes");
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private double restartMillis() throws InterruptedException {
        long start = System.nanoTime();
        try (Node node = start(LEADER, transport(LEADER), Configuration.ofVoters(List.of(LEADER)))) {
            await("recovery", node, () -> node.group.view().isRunning());
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
