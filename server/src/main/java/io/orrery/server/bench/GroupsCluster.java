package io.orrery.server.bench;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftGroup;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Three nodes of many groups in this process, over loopback TCP, each with its own disk thread and directory. */
final class GroupsCluster implements AutoCloseable {
    private static final int NODES = 3;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path directory;
    private final int count;
    private final List<NodeThread> threads = new ArrayList<>();
    private final List<GroupsNode> nodes = new ArrayList<>();
    private int stopped = -1;

    GroupsCluster(Path directory, int count) {
        this.directory = directory;
        this.count = count;
        List<NodeId> ids = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));
        List<TcpTransport> transports = new ArrayList<>();
        for (NodeId id : ids) {
            TcpTransport transport =
                    new TcpTransport(id, new TcpConfig().bindHost("127.0.0.1").port(0));
            // Invariants are checked after every event of a node: a thousand groups' would be most of the work.
            HostConfig host = new HostConfig().checkInvariants(false);
            NodeThread thread = new NodeThread(id, host, transport, directory.resolve(id.name()));
            thread.start(kernel -> {
                GroupsNode node = new GroupsNode(kernel, Configuration.ofVoters(ids), count);
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

    /** Nanoseconds until it held. */
    long await(BooleanSupplier condition, String what) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException(what + " took longer than 120 s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return System.nanoTime() - start;
    }

    /** Over the nodes that run. */
    long sum(ToLongFunction<GroupsNode> figure) {
        long sum = 0;
        for (int i = 0; i < NODES; i++) {
            sum += i == stopped ? 0 : ask(i, figure);
        }
        return sum;
    }

    long ask(int node, ToLongFunction<GroupsNode> figure) {
        return threads.get(node).call(() -> figure.applyAsLong(nodes.get(node))).join();
    }

    boolean isAllLed() {
        return sum(GroupsNode::led) >= count;
    }

    boolean isAllSilent() {
        return sum(node -> node.groups().asleep()) == (long) NODES * count;
    }

    long forces() {
        long forces = 0;
        for (NodeThread thread : threads) {
            forces += thread.counters().storageForces();
        }
        return forces;
    }

    /** Stops a node at once; nanoseconds until the others lead all that it led. */
    long stop(int node) {
        long start = System.nanoTime();
        stopped = node;
        threads.get(node).close();
        await(this::isAllLed, "leading again");
        return System.nanoTime() - start;
    }

    /** Commits a second, 0 if a leader was lost meanwhile, with so many proposals under way in each group. */
    double load(GroupsLoad.Order order, int inFlightPerGroup, int payloadBytes, long nanos) {
        await(this::isAllLed, "electing leaders");
        NodeThread[] leaders = new NodeThread[count];
        RaftGroup[] groups = new RaftGroup[count];
        for (int i = 0; i < NODES; i++) {
            boolean[] leads = leads(i);
            for (int group = 0; group < count; group++) {
                if (leads[group]) {
                    leaders[group] = threads.get(i);
                    groups[group] = nodes.get(i).group(group);
                }
            }
        }
        if (Arrays.asList(leaders).contains(null)) {
            return 0;
        }
        return new GroupsLoad(leaders, groups, order, payloadBytes).run(inFlightPerGroup, nanos);
    }

    /** Which groups the node leads. */
    private boolean[] leads(int node) {
        GroupsNode asked = nodes.get(node);
        return threads.get(node)
                .call(() -> {
                    boolean[] leads = new boolean[count];
                    for (int group = 0; group < count; group++) {
                        leads[group] = asked.group(group).isLeader();
                    }
                    return leads;
                })
                .join();
    }

    /** Groups on each node. */
    int count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        for (int i = 0; i < NODES; i++) {
            if (i != stopped) {
                threads.get(i).close();
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
