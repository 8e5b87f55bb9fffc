package io.orrery.server.bench.registry;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.server.bench.registry.RegistryFigures.Sync;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node that joins one with many sessions, over loopback TCP: until it has them all. */
public final class RegistrySync {
    private static final String HOST = "127.0.0.1";
    private static final NodeId OWNER = NodeId.of("owner");
    private static final NodeId JOINER = NodeId.of("joiner");
    private static final int AT_ONCE = 20_000;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private RegistrySync() {}

    /** @param directory of the two nodes' files, removed by whoever made it */
    public static Sync measure(Path directory, int entries) throws IOException, InterruptedException {
        int ownerPort = freePort();
        int joinerPort = freePort();
        TcpTransport owners =
                new TcpTransport(OWNER, new TcpConfig().bindHost(HOST).port(ownerPort));
        TcpTransport joiners =
                new TcpTransport(JOINER, new TcpConfig().bindHost(HOST).port(joinerPort));
        HostConfig host = new HostConfig();
        try (NodeThread owner = new NodeThread(OWNER, host, owners, directory.resolve("owner"))) {
            owner.start(kernel -> new RegistryHost(kernel, HOST + ":" + ownerPort, owners::learn, List.of()));
            RegistryHost full = (RegistryHost) owner.call(owner::protocol).join();
            await(owner, () -> full.registry().sessionCells().whyNotWritable() == null);
            for (int at = 0; at < entries; at += AT_ONCE) {
                int from = at;
                owner.call(() -> {
                            full.connect(from, Math.min(entries, from + AT_ONCE));
                            return true;
                        })
                        .join();
            }
            joiners.learn(OWNER, HOST + ":" + ownerPort);
            owner.counters().takeCycleNanosMax();
            long start = System.nanoTime();
            try (NodeThread joiner = new NodeThread(JOINER, host, joiners, directory.resolve("joiner"))) {
                joiner.start(
                        kernel -> new RegistryHost(kernel, HOST + ":" + joinerPort, joiners::learn, List.of(OWNER)));
                RegistryHost empty =
                        (RegistryHost) joiner.call(joiner::protocol).join();
                await(
                        joiner,
                        () -> empty.registry().sessions().size() >= entries
                                && empty.store().isSettled());
                double seconds = (System.nanoTime() - start) / 1e9;
                long cycle = Math.max(
                        owner.counters().takeCycleNanosMax(), joiner.counters().takeCycleNanosMax());
                return new Sync(seconds, cycle / 1e6);
            }
        }
    }

    /** Asked on the node's thread. */
    private interface Condition {
        boolean holds();
    }

    private static void await(NodeThread node, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!node.call(condition::holds).join()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the registry of " + node.self() + " has not got all in time");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** One that nobody listens on now: members tell each other their addresses before they listen. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
