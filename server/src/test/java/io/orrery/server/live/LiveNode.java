package io.orrery.server.live;

import io.orrery.gossip.GossipConfig;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.kernel.host.Transport;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * A node of a {@link LiveCluster}: it may be killed and started again on its directory and its port. For one thread at a
 * time, but for what is asked.
 */
final class LiveNode {
    private final NodeId id;
    private final GossipConfig config;
    private final Path directory;
    private final Loss loss;
    private int port;
    private TcpTransport tcp;
    private NodeThread thread;

    LiveNode(NodeId id, GossipConfig config, Path directory, Loss loss) {
        this.id = id;
        this.config = config;
        this.directory = directory;
        this.loss = loss;
    }

    NodeId id() {
        return id;
    }

    /**
     * Starts a life of it.
     *
     * @param seed whom it contacts; null for nobody
     */
    void start(LiveNode seed, int rows) {
        TcpConfig sockets = new TcpConfig()
                .cluster(config.cluster())
                .cookie("live")
                .bindHost("127.0.0.1")
                .port(port);
        tcp = new TcpTransport(id, sockets.log((level, text) -> {}));
        Transport transport = loss.on(tcp);
        if (seed != null) {
            tcp.learn(seed.id, seed.address());
        }
        List<NodeId> seeds = seed == null ? List.of() : List.of(seed.id);
        // Fifty nodes share the cores, so none of them spins.
        HostConfig host = new HostConfig().spinsMax(0).yieldsMax(0).forcesFiles(false);
        thread = new NodeThread(id, host, transport, directory);
        thread.start(kernel -> new LiveProgram(kernel, config, "127.0.0.1:" + tcp.port(), transport, seeds, rows));
        port = tcp.port();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    TcpTransport tcp() {
        return tcp;
    }

    boolean isUp() {
        return thread != null && !thread.isHalted();
    }

    /** Ends it as a crash does: nobody is told, its sockets close. */
    void kill() {
        NodeThread ending = thread;
        thread = null;
        ending.close();
    }

    /** Keeps its thread from running until the latch opens, as SIGSTOP keeps a process. */
    void pause(CountDownLatch goOn) {
        thread.submit(() -> {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Asks it on its thread. */
    <T> CompletableFuture<T> ask(Function<LiveProgram, T> question) {
        return thread.call(() -> question.apply((LiveProgram) thread.protocol()));
    }

    /** How many packets a network loses; shared by the nodes of a cluster. */
    interface Loss {
        /** None. */
        Loss NONE = transport -> transport;

        /** A transport that loses some of what it is sent. */
        Transport on(Transport transport);

        /** Datagrams get lost on arrival, each by itself. */
        static Loss ofDatagrams(LossyTransport.Rate rate) {
            return transport -> new LossyTransport(transport, rate);
        }
    }
}
