package io.orrery.server.wal;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.Configuration;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.server.bench.CountingMachine;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Three nodes of one group over loopback TCP, on real files of which somebody overwrites some. */
final class RepairCluster implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    static final List<NodeId> IDS = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));

    private final Path directory;
    private final TreeMap<NodeId, NodeThread> threads = new TreeMap<>();
    private final TreeMap<NodeId, TcpTransport> transports = new TreeMap<>();
    private final TreeMap<NodeId, Node> nodes = new TreeMap<>();

    /** A node's program. */
    static final class Node implements Protocol {
        final Wal wal;
        final RaftGroup group;

        private Node(Kernel kernel) {
            wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
            RaftConfig config = RaftConfig.of(0, Configuration.ofVoters(IDS));
            group = new RaftGroup(kernel.scope("raft-0"), config, wal, new CountingMachine());
        }

        @Override
        public void start() {
            wal.start();
            group.start();
        }

        @Override
        public void checkInvariants() {
            group.checkInvariants();
        }
    }

    RepairCluster(Path directory) {
        this.directory = directory;
        IDS.forEach(this::start);
    }

    /** Boots a node on what its directory holds. */
    void start(NodeId id) {
        TcpTransport transport =
                new TcpTransport(id, new TcpConfig().bindHost("127.0.0.1").port(0));
        NodeThread thread = new NodeThread(id, new HostConfig(), transport, directory.resolve(id.name()));
        CompletableFuture<Node> booted = new CompletableFuture<>();
        thread.start(kernel -> {
            Node node = new Node(kernel);
            booted.complete(node);
            return node;
        });
        threads.put(id, thread);
        transports.put(id, transport);
        nodes.put(id, booted.join());
        transports.forEach((other, its) -> {
            transport.learn(other, "127.0.0.1:" + its.port());
            its.learn(id, "127.0.0.1:" + transport.port());
        });
    }

    void stop(NodeId id) {
        threads.remove(id).close();
        transports.remove(id);
        nodes.remove(id);
    }

    <T> T ask(NodeId id, Function<Node, T> question) {
        return threads.get(id).call(() -> question.apply(nodes.get(id))).join();
    }

    void await(String what, Predicate<RepairCluster> condition) {
        long start = System.nanoTime();
        while (!condition.test(this)) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError(what + " took longer than a minute");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    NodeId leader() {
        await("electing a leader", cluster -> threads.keySet().stream().anyMatch(this::leads));
        return threads.keySet().stream().filter(this::leads).findFirst().orElseThrow();
    }

    private boolean leads(NodeId id) {
        return ask(id, node -> node.group.isLeader());
    }

    /** Writes so many commands, one after another, each acknowledged. */
    void write(int count) {
        for (int i = 0; i < count; i++) {
            boolean isCommitted = false;
            while (!isCommitted) {
                NodeId leader = leader();
                CompletableFuture<Proposal.Outcome> end = new CompletableFuture<>();
                boolean unused = threads.get(leader)
                        .submit(() -> nodes.get(leader).group.propose(Bytes.wrap(new byte[512]), end::complete));
                isCommitted = end.join().isCommitted();
            }
        }
    }

    /** Waits until all that run have applied the same. */
    void awaitQuiet() {
        await("applying the same everywhere", cluster -> {
            long last = ask(leader(), node -> node.group.lastIndex());
            return threads.keySet().stream().allMatch(id -> ask(id, node -> node.group.appliedIndex()) == last);
        });
    }

    Path wal(NodeId id) {
        return directory.resolve(id.name()).resolve("wal");
    }

    /** The oldest segment's file. */
    Path segment(NodeId id) throws IOException {
        try (Stream<Path> files = Files.list(wal(id))) {
            return files.filter(file -> file.getFileName().toString().startsWith("wal-"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Overwrites the middle half of a file with random bytes, as a hand or a controller would. */
    static String overwrite(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long written = writtenBytes(open);
            long from = written / 4;
            byte[] noise = new byte[(int) (written / 2)];
            new Random(4).nextBytes(noise);
            open.seek(from);
            open.write(noise);
            return file.getFileName() + ": bytes " + from + " to " + (from + noise.length) + " of " + written
                    + " that are written";
        }
    }

    /** Overwrites all of a file that is written with random bytes, or with zeros. */
    static void overwriteAll(Path file, boolean withZeros) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] noise = new byte[(int) writtenBytes(open)];
            if (!withZeros) {
                new Random(5).nextBytes(noise);
            }
            open.seek(0);
            open.write(noise);
        }
    }

    /** Without the zeros that are allocated ahead. */
    private static long writtenBytes(RandomAccessFile open) throws IOException {
        byte[] content = new byte[(int) open.length()];
        open.seek(0);
        open.readFully(content);
        int end = content.length;
        while (end > 0 && content[end - 1] == 0) {
            end--;
        }
        return end;
    }

    @Override
    public void close() {
        List.copyOf(threads.keySet()).forEach(this::stop);
    }
}
