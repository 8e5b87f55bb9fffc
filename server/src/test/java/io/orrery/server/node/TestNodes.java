package io.orrery.server.node;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.Transport;
import io.orrery.server.config.Config;
import io.orrery.server.config.ConfigReader;
import io.orrery.server.discovery.InMemoryDiscovery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** Configurations and nodes for tests: loopback, free ports, quick failure detection. */
public final class TestNodes {
    private TestNodes() {}

    /** A configuration of one node, with further {@code key=value} settings. */
    public static Config config(String name, Path directory, String... settings) {
        ConfigReader reader = new ConfigReader()
                .flag("test", "node.name", name)
                .flag("test", "node.dir", directory.toString())
                .flag("test", "node.host", "127.0.0.1")
                .flag("test", "cluster.port", "0")
                .flag("test", "mqtt.port", "0")
                .flag("test", "admin.port", "0")
                .flag("test", "mqtt.threads", "1")
                .flag("test", "raft.wal.preallocate-bytes", "1MiB")
                .flag("test", "cluster.failure-detection", "fast");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            reader.flag("test", setting.substring(0, equals), setting.substring(equals + 1));
        }
        return reader.read();
    }

    /** A node that knows nobody and is ready. */
    public static ServerNode alone(String name, Path directory, String... settings) {
        return ready(start(config(name, directory, settings)));
    }

    public static ServerNode start(Config config) {
        return new ServerNode(config, new InMemoryDiscovery(), why -> {}).start();
    }

    /** Waits until clients may be sent to a node. */
    public static ServerNode ready(ServerNode node) {
        await("ready: " + node.name(), () -> node.whyNotReady().isEmpty());
        return node;
    }

    /** A cluster of node1, node2 and so on, which is whole. */
    public static DevCluster cluster(int count, Path directory, String... settings) {
        return cluster(count, directory, (node, transport) -> transport, settings);
    }

    /** The same, with something between each node and its transport. */
    static DevCluster cluster(
            int count, Path directory, BiFunction<NodeId, Transport, Transport> wires, String... settings) {
        List<Config> configs = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            configs.add(config("node" + i, directory.resolve("node" + i), settings));
        }
        DevCluster cluster = new DevCluster(configs, (node, why) -> {}, wires).start();
        if (!cluster.awaitReady(TimeUnit.SECONDS.toNanos(20))) {
            String why = cluster.whyNotReady();
            cluster.close();
            throw new AssertionError("the cluster is not whole: " + why);
        }
        return cluster;
    }

    /** Waits up to 20 s. */
    public static void await(String what, BooleanSupplier condition) {
        if (!Waiting.maybe(condition, TimeUnit.SECONDS.toNanos(20))) {
            throw new AssertionError("waited in vain: " + what);
        }
    }
}
