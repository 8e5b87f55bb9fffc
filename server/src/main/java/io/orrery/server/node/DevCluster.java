package io.orrery.server.node;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.Transport;
import io.orrery.server.config.Config;
import io.orrery.server.config.Keys;
import io.orrery.server.discovery.InMemoryDiscovery;
import io.orrery.server.node.DataHome.Beginning;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Several nodes in this process that form one cluster, each with its own thread, transport, ports and directory. */
public final class DevCluster implements AutoCloseable {
    private final List<Config> configs;
    private final BiConsumer<NodeId, Throwable> onHalt;
    private final BiFunction<NodeId, Transport, Transport> wires;
    private final InMemoryDiscovery discovery = new InMemoryDiscovery();
    private final List<NodeId> founders = new ArrayList<>();
    private final List<ServerNode> nodes = new ArrayList<>();

    /**
     * @param configs one a node, with distinct names, directories and ports
     * @param onHalt told when a node halts
     */
    public DevCluster(List<Config> configs, BiConsumer<NodeId, Throwable> onHalt) {
        this(configs, onHalt, (node, transport) -> transport);
    }

    /**
     * @param wires what stands between each node and its transport
     */
    DevCluster(
            List<Config> configs,
            BiConsumer<NodeId, Throwable> onHalt,
            BiFunction<NodeId, Transport, Transport> wires) {
        this.configs = List.copyOf(configs);
        this.wires = wires;
        this.onHalt = onHalt;
    }

    /**
     * Starts all nodes; they need not see each other yet when it returns.
     *
     * @throws io.orrery.server.problem.ProblemException if one cannot start; then none runs
     */
    public DevCluster start() {
        try {
            openHomes();
            for (int i = 0; i < configs.size(); i++) {
                nodes.add(boot(i));
            }
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Settles who forms the cluster, for all nodes before any of them runs: if some ran before, the others join them, for
     * what was formed once is not formed again.
     */
    private void openHomes() {
        List<NodeId> all = new ArrayList<>();
        boolean isFirstStart = true;
        for (Config config : configs) {
            all.add(config.value(Keys.NODE_NAME));
            isFirstStart &= !DataHome.exists(config.value(Keys.NODE_DIR));
        }
        Beginning fresh = isFirstStart ? Beginning.FORMED : Beginning.JOINED;
        for (Config config : configs) {
            DataHome home = DataHome.open(
                    config.value(Keys.NODE_DIR), config.value(Keys.NODE_NAME), config.value(Keys.CLUSTER_NAME), fresh);
            if (home.beginning() == Beginning.FORMED) {
                founders.add(config.value(Keys.NODE_NAME));
            }
        }
    }

    private ServerNode boot(int index) {
        Config config = configs.get(index);
        NodeSettings settings = NodeSettings.of(config, founders);
        UnaryOperator<Transport> wire = transport -> wires.apply(settings.self(), transport);
        return new ServerNode(settings, discovery, why -> onHalt.accept(settings.self(), why), wire).start();
    }

    /** The nodes, in the order of their configurations. */
    public List<ServerNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Stops one node as a crash would: the others are not told. */
    public void kill(int index) {
        nodes.get(index).close(false);
    }

    /** Starts a node again that was killed, on its directory. */
    public ServerNode restart(int index) {
        nodes.set(index, boot(index));
        return nodes.get(index);
    }

    /** Why the cluster is not whole; empty if all nodes see each other and each knows the leader. */
    public String whyNotReady() {
        TreeSet<NodeId> names = new TreeSet<>();
        nodes.forEach(node -> names.add(node.name()));
        for (ServerNode node : nodes) {
            String why = node.whyNotReady();
            if (!why.isEmpty()) {
                return node.name() + ": " + why;
            }
            TreeSet<NodeId> unseen = new TreeSet<>(names);
            node.runningNodes().forEach(unseen::remove);
            if (!unseen.isEmpty()) {
                return node.name() + " does not see " + unseen;
            }
        }
        return "";
    }

    /** Waits until the cluster is whole; whether it is. */
    public boolean awaitReady(long nanosMax) {
        return Waiting.maybe(() -> whyNotReady().isEmpty(), nanosMax);
    }

    /** Stops all nodes. */
    @Override
    public void close() {
        nodes.forEach(node -> node.close(false));
    }
}
