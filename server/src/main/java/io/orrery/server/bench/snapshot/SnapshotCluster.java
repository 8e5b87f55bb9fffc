package io.orrery.server.bench.snapshot;

import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.snapshot.SnapshotConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Three nodes in this process, over loopback TCP, each with its own disk thread and directory; everything is synced. */
final class SnapshotCluster implements AutoCloseable {
    static final int NODES = 3;

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long POLL_MILLIS = 2;

    private final List<NodeId> ids = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));
    private final Path directory;
    private final SnapshotConfig snapshots;
    private final List<EventMeter> meters = List.of(new EventMeter(), new EventMeter(), new EventMeter());
    private final ValueStore.Slabs slabs = new ValueStore.Slabs();
    private final List<SnapshotNode> nodes = new ArrayList<>();

    SnapshotCluster(Path directory, SnapshotConfig snapshots) {
        this.directory = directory;
        this.snapshots = snapshots;
        for (int i = 0; i < NODES; i++) {
            nodes.add(start(i, true));
        }
        for (int i = 0; i < NODES; i++) {
            connect(i);
        }
    }

    private SnapshotNode start(int node, boolean isFirst) {
        // The first node leads wherever it can, so that the replica that installs is never the leader.
        RaftConfig config = RaftConfig.of(0, Configuration.ofVoters(ids))
                .with(snapshots)
                .withFirstBoot(isFirst)
                .withPriority(node == 0 ? RaftConfig.PRIORITY_MAX : RaftConfig.PRIORITY_MAX / 2);
        NodeId id = ids.get(node);
        return SnapshotNode.start(id, folder(node), config, meters.get(node), slabs);
    }

    private Path folder(int node) {
        return directory.resolve(ids.get(node).name());
    }

    NodeId id(int node) {
        return ids.get(node);
    }

    SnapshotNode node(int node) {
        return nodes.get(node);
    }

    EventMeter meter(int node) {
        return meters.get(node);
    }

    /** The one that leads; null if none does. */
    SnapshotNode leader() {
        for (SnapshotNode node : nodes) {
            if (node.ask(node.group()::isLeader, false)) {
                return node;
            }
        }
        return null;
    }

    /** Lets a node and the others reach each other. */
    void connect(int node) {
        for (int other = 0; other < NODES; other++) {
            if (other != node) {
                learn(node, other, address(other));
                learn(other, node, address(node));
            }
        }
    }

    /** Breaks the connections between a node and the others; they find each other no more. */
    void cutOff(int node) {
        for (int other = 0; other < NODES; other++) {
            if (other != node) {
                learn(node, other, "");
                learn(other, node, "");
                nodes.get(node).transport().disconnect(ids.get(other));
                nodes.get(other).transport().disconnect(ids.get(node));
            }
        }
    }

    private String address(int node) {
        return "127.0.0.1:" + nodes.get(node).transport().port();
    }

    private void learn(int at, int of, String address) {
        nodes.get(at).transport().learn(ids.get(of), address);
    }

    /** Ends a node abruptly. */
    void kill(int node) {
        nodes.get(node).kill();
    }

    /** Starts a node that has ended, on what its disk has. */
    void restart(int node) {
        nodes.set(node, start(node, false));
        connect(node);
    }

    /** Removes all that a node that has ended had on its disk. */
    void erase(int node) throws IOException {
        deleteAll(folder(node));
    }

    /** Bytes that all files of a node take; about, since they come and go. */
    long diskBytes(int node) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder(node))) {
            for (Path file : files.toList()) {
                bytes += Files.isRegularFile(file) ? sizeOf(file) : 0;
            }
        } catch (UncheckedIOException | NoSuchFileException gone) {
            return bytes;
        }
        return bytes;
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no " + what + " within 10 minutes");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.thread().close());
    }
}
