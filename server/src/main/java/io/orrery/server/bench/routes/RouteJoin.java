package io.orrery.server.bench.routes;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.BrokerNode;
import io.orrery.broker.cluster.NodeRole;
import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.owner.OwnerLogListener;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.Configuration;
import io.orrery.server.bench.routes.RoutesFigures.Join;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A broker that joins a node with many routes, over loopback TCP: until it has them all. */
public final class RouteJoin {
    private static final String HOST = "127.0.0.1";
    private static final NodeId OWNER = NodeId.of("owner");
    private static final NodeId JOINER = NodeId.of("joiner");
    private static final int ADDED_AT_ONCE = 20_000;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Path directory;
    private final int rows;

    /**
     * @param directory made, and removed at the end
     */
    public RouteJoin(Path directory, int rows) {
        this.directory = directory;
        this.rows = rows;
    }

    public Join run() throws IOException, InterruptedException {
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

    private Join measure() throws IOException, InterruptedException {
        int ownerPortNumber = freePort();
        int joinerPortNumber = freePort();
        TcpTransport ownerPort = transport(OWNER, ownerPortNumber);
        TcpTransport joinerPort = transport(JOINER, joinerPortNumber);
        String ownerAddress = HOST + ":" + ownerPortNumber;
        String joinerAddress = HOST + ":" + joinerPortNumber;
        HostConfig host = new HostConfig();
        try (NodeThread owner = new NodeThread(OWNER, host, ownerPort, directory.resolve("owner"))) {
            owner.start(kernel -> new RowsNode(
                    kernel,
                    GossipConfig.lan(RoutePair.CLUSTER),
                    ownerAddress,
                    ownerPort::learn,
                    List.of(),
                    OwnerLogListener.NONE));
            RowsNode rowsNode = (RowsNode) owner.call(owner::protocol).join();
            for (int at = 0; at < rows; at += ADDED_AT_ONCE) {
                int from = at;
                owner.call(() -> {
                            rowsNode.add(RouteShape.EXACT, from, Math.min(rows, from + ADDED_AT_ONCE));
                            return true;
                        })
                        .join();
            }
            joinerPort.learn(OWNER, ownerAddress);
            BrokerConfig config = BrokerConfig.of(RoutePair.CLUSTER, Configuration.EMPTY)
                    .at(joinerAddress, NodeRole.SECONDARY, List.of(OWNER), Collections.emptySortedMap());
            // What the owner took to be given its rows is not part of the join.
            owner.counters().takeCycleNanosMax();
            long start = System.nanoTime();
            try (NodeThread joiner = new NodeThread(JOINER, host, joinerPort, directory.resolve("joiner"))) {
                joiner.start(kernel -> new BrokerNode(kernel, config, joinerPort::learn));
                await(joiner);
                double seconds = (System.nanoTime() - start) / 1e9;
                double cycle = Math.max(
                                owner.counters().takeCycleNanosMax(),
                                joiner.counters().takeCycleNanosMax())
                        / 1e6;
                return new Join(rows, seconds, rows / seconds, cycle);
            }
        }
    }

    private void await(NodeThread joiner) throws InterruptedException {
        BrokerNode broker = (BrokerNode) joiner.call(joiner::protocol).join();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (joiner.call(() -> broker.ownerLog().digest(OWNER) == null
                                ? 0L
                                : broker.routes().rowCount())
                        .join()
                < rows) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the joiner has not got all rows in time: it has "
                        + joiner.call(() -> broker.routes().rowCount() + " of them, members "
                                        + broker.membership().members())
                                .join());
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static TcpTransport transport(NodeId id, int port) {
        return new TcpTransport(id, new TcpConfig().bindHost(HOST).port(port));
    }

    /** One that nobody listens on now: members tell each other their addresses before they listen. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
