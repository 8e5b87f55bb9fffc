package io.orrery.server.node;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.cluster.NodeRole;
import io.orrery.broker.session.OverflowPolicy;
import io.orrery.broker.session.SessionLimits;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.HostException;
import io.orrery.kernel.host.NodeThread;
import io.orrery.kernel.host.Recording;
import io.orrery.kernel.host.Transport;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.server.config.Address;
import io.orrery.server.config.Config;
import io.orrery.server.config.Keys;
import io.orrery.server.discovery.Suggestion;
import io.orrery.server.journal.BootPlan;
import io.orrery.server.journal.BrokerPlan;
import io.orrery.server.journal.JournalFiles;
import io.orrery.server.journal.JournalReport;
import io.orrery.server.journal.MembershipPlan;
import io.orrery.server.keys.KeyExchange;
import io.orrery.server.keys.KeyKeeper;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.transport.aeron.AeronConfig;
import io.orrery.transport.aeron.AeronTransport;
import io.orrery.transport.tcp.Refusal;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a broker, a transport and a disk together into a running node: the only class that names the concrete ones. */
final class NodeAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAssembly.class);

    /** The metadata key under which a member tells its admin address. */
    static final String API = "api";

    /** Directories below the node's state that hold what the cluster has in common; the rest is the node's own. */
    static final List<String> CLUSTER_STATE = List.of("wal", "raft-0", "boot", "registry");

    /** What the Aeron transport says of a peer that turned it away. */
    private static final List<String> AERON_REFUSALS = List.of(
            "another cluster's name",
            "the cookie's proof is wrong",
            "another version of the wire protocol",
            io.orrery.transport.aeron.Refusal.UNSEALED.text(),
            io.orrery.transport.aeron.Refusal.SEALED.text(),
            io.orrery.transport.aeron.Refusal.WRONG_KEY.text());

    private final NodeSettings settings;
    private final String adminAddress;
    private final KeyKeeper keys;
    private final UnaryOperator<Transport> wire;

    /**
     * @param adminAddress told to other nodes, for their operators
     * @param keys what traffic between nodes is sealed with
     * @param wire what stands between the node and its transport
     */
    NodeAssembly(NodeSettings settings, String adminAddress, KeyKeeper keys, UnaryOperator<Transport> wire) {
        this.settings = settings;
        this.wire = wire;
        this.keys = keys;
        this.adminAddress = adminAddress;
    }

    /**
     * Starts an incarnation of the node.
     *
     * @param boot who forms the cluster; without meaning once there is state
     * @param seeds nodes to contact
     * @throws ProblemException if the directory or the port cannot be had
     */
    RunningNode start(Path state, BootPlan boot, List<Suggestion> seeds) {
        try {
            return settings.config().value(Keys.CLUSTER_TRANSPORT) == Keys.TransportKind.TCP
                    ? startTcp(state, boot, seeds)
                    : startAeron(state, boot, seeds);
        } catch (HostException | IllegalStateException e) {
            throw new ProblemException(ExitCode.UNREACHABLE, e.getMessage(), "", "");
        }
    }

    /** Whether a failure to connect was the other end's decision, which asking again will not change. */
    static boolean isRefusal(String failure) {
        return failure.contains(Refusal.CLUSTER.text())
                || failure.contains(Refusal.COOKIE.text())
                || failure.contains(Refusal.VERSION.text())
                || failure.contains(Refusal.NAME_TAKEN.text())
                || failure.contains(Refusal.UNSEALED.text())
                || failure.contains(Refusal.KEY.text())
                || AERON_REFUSALS.stream().anyMatch(failure::contains);
    }

    private RunningNode startTcp(Path state, BootPlan boot, List<Suggestion> seeds) {
        Config config = settings.config();
        TcpConfig tcp = new TcpConfig()
                .cluster(config.value(Keys.CLUSTER_NAME))
                .cookie(config.value(Keys.NODE_COOKIE))
                .bindHost(settings.bindHost())
                .port(config.value(Keys.CLUSTER_PORT))
                .datagrams(config.value(Keys.CLUSTER_DATAGRAMS) == Keys.Datagrams.ON)
                .advertisedHost(settings.advertiseHost())
                .sealing(keys.sealing());
        TcpTransport transport = new TcpTransport(settings.self(), tcp);
        KeyExchange exchange = exchange(transport);
        RunningNode node = new RunningNode(
                heard(exchange == null ? transport : exchange),
                transport::connect,
                () -> settings.advertised(transport.port()),
                metrics -> transport.counters().forEach(metrics));
        return start(node.refusals(transport::lastRefusal).keys(exchange), state, boot, seeds);
    }

    private HeardTransport heard(Transport transport) {
        return new HeardTransport(wire.apply(transport));
    }

    /** Null for a node that does not encrypt: nothing is put in its frames' way. */
    private KeyExchange exchange(Transport transport) {
        return keys.sealing().mode().seals() ? new KeyExchange(transport, keys) : null;
    }

    private RunningNode startAeron(Path state, BootPlan boot, List<Suggestion> seeds) {
        Config config = settings.config();
        String bindHost = settings.bindHost().isEmpty() ? "0.0.0.0" : settings.bindHost();
        int port = config.value(Keys.CLUSTER_PORT);
        byte[] cookie = config.value(Keys.NODE_COOKIE).getBytes(StandardCharsets.UTF_8);
        AeronConfig aeron = new AeronConfig(settings.self(), config.value(Keys.CLUSTER_NAME), cookie)
                .bind(new Address(bindHost, port).toString())
                .sealing(keys.sealing());
        if (port != 0) {
            aeron.advertise(settings.advertised(port).toString());
        }
        AeronTransport transport = new AeronTransport(aeron);
        KeyExchange exchange = exchange(transport);
        RunningNode node = new RunningNode(
                heard(exchange == null ? transport : exchange),
                transport::connect,
                () -> settings.advertised(Address.parse(transport.address()).port()),
                metrics -> transport.counters().forEach(metrics));
        return start(node.refusals(transport::lastRefusal).keys(exchange), state, boot, seeds);
    }

    private RunningNode start(RunningNode node, Path state, BootPlan boot, List<Suggestion> seeds) {
        List<NodeId> names = new ArrayList<>();
        for (Suggestion seed : seeds) {
            node.transport().learn(seed.node(), seed.address().toString());
            names.add(seed.node());
        }
        Supplier<BrokerPlan> plan = () -> plan(node.address().toString(), boot, names);
        NodeThread thread = new NodeThread(settings.self(), host(plan), node.transport(), state);
        thread.start(kernel -> {
            BrokerNode broker = new BrokerNode(kernel, plan.get().config(), node.transport());
            broker.watch(new MemberLog(broker));
            return broker;
        });
        node.runsOn(thread);
        if (node.keys() != null) {
            node.keys().runsOn(thread::submit);
        }
        return node;
    }

    private HostConfig host(Supplier<BrokerPlan> plan) {
        Path file = settings.config().value(Keys.RECORD_FILE);
        if (file == null) {
            return new HostConfig();
        }
        Recording recording = new Recording(
                JournalFiles.makeWay(file),
                settings.config().value(Keys.RECORD_BYTES_MAX),
                JournalReport.software(),
                BrokerPlan.PROGRAM,
                () -> plan.get().encoded(),
                why -> LOG.warn("the journal {} of {} ends, the node goes on: {}", file, settings.self(), why));
        return new HostConfig().recording(recording);
    }

    private BrokerPlan plan(String address, BootPlan boot, List<NodeId> seeds) {
        Config config = settings.config();
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put(API, adminAddress);
        return new BrokerPlan(
                config.value(Keys.CLUSTER_NAME),
                address,
                config.value(Keys.NODE_ROLE) == Keys.Role.PRIMARY ? NodeRole.PRIMARY : NodeRole.SECONDARY,
                List.of(),
                seeds,
                metadata,
                sessions(config),
                config.value(Keys.CLUSTER_FAILURE_DETECTION) == Keys.FailureDetection.FAST,
                config.value(Keys.RAFT_PRIORITY),
                SnapshotConfig.DEFAULT
                        .every(config.value(Keys.RAFT_SNAPSHOT_ENTRIES), config.value(Keys.RAFT_SNAPSHOT_BYTES))
                        .withTail(config.value(Keys.RAFT_SNAPSHOT_TAIL)),
                config.value(Keys.RAFT_WAL_AHEAD),
                new MembershipPlan(
                        config.value(Keys.CLUSTER_DATAGRAMS) == Keys.Datagrams.ON,
                        config.value(Keys.CLUSTER_AUTOCLEAN)),
                boot);
    }

    private static SessionLimits sessions(Config config) {
        OverflowPolicy overflow = switch (config.value(Keys.MQTT_SESSION_OVERFLOW)) {
            case DROP_NEWEST -> OverflowPolicy.DROP_NEWEST;
            case DROP_OLDEST -> OverflowPolicy.DROP_OLDEST;
            case DISCONNECT -> OverflowPolicy.DISCONNECT;
        };
        return new SessionLimits(
                config.value(Keys.MQTT_SESSION_IN_FLIGHT_MAX),
                config.value(Keys.MQTT_SESSION_QUEUED_MAX),
                overflow,
                config.value(Keys.MQTT_SESSION_SUBSCRIPTIONS_MAX),
                config.value(Keys.MQTT_RECEIVE_MAXIMUM),
                config.value(Keys.MQTT_PACKET_BYTES_MAX));
    }
}
