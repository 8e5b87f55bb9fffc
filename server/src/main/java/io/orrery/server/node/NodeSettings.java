package io.orrery.server.node;

import io.orrery.broker.boot.Electorate;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.server.config.Address;
import io.orrery.server.config.Config;
import io.orrery.server.config.Keys;
import io.orrery.server.config.Keys.DiscoveryKind;
import io.orrery.server.config.Seed;
import io.orrery.server.discovery.Suggestion;
import io.orrery.server.keys.KeyKeeper;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from a configuration: who this node is, where it listens, what it tells others, and with whom it begins.
 *
 * @param self its name
 * @param bindHost where it listens for nodes; empty for all interfaces
 * @param advertiseHost what it tells others
 * @param electorate the nodes that form the cluster together, this one among them; nobody for a node that joins others
 * @param seeds where others may be, from the configuration
 */
record NodeSettings(
        Config config,
        NodeId self,
        String bindHost,
        String advertiseHost,
        Electorate electorate,
        List<Suggestion> seeds) {
    /**
     * @throws ProblemException if the values do not go together
     */
    static NodeSettings of(Config config) {
        return of(config, List.of());
    }

    /**
     * @param together the nodes that form a cluster with this one, whatever the configuration says; empty to go by that
     * @throws ProblemException if the values do not go together
     */
    static NodeSettings of(Config config, List<NodeId> together) {
        requireCarrier(config);
        String bindHost = orEmpty(config.value(Keys.NODE_HOST));
        String advertiseHost = advertiseHost(config, bindHost);
        NodeId self = config.value(Keys.NODE_NAME);
        if (self == null) {
            self = NodeId.of("orrery@" + advertiseHost);
        }
        List<Suggestion> seeds = new ArrayList<>();
        List<NodeId> voters = new ArrayList<>(together);
        if (together.isEmpty() && config.value(Keys.CLUSTER_DISCOVERY) == DiscoveryKind.STATIC) {
            for (Seed seed : config.value(Keys.CLUSTER_STATIC_SEEDS)) {
                voters.add(seed.node());
                seeds.add(new Suggestion(seed.node(), seed.address()));
            }
            requireList(voters);
        }
        for (Address address : config.value(Keys.CLUSTER_JOIN)) {
            seeds.add(new Suggestion(null, address));
        }
        requireReachable(advertiseHost, seeds);
        Electorate electorate = electorate(config, self, voters, !seeds.isEmpty());
        boolean isPrimary = config.value(Keys.NODE_ROLE) == Keys.Role.PRIMARY;
        if (!isPrimary && electorate.isNamed()) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "a secondary node cannot form a cluster",
                    "node.role = secondary (" + config.origin(Keys.NODE_ROLE).place() + "), and no other node is named",
                    "--join HOST:PORT   of a node of a running cluster");
        }
        return new NodeSettings(
                config, self, bindHost, advertiseHost, isPrimary ? electorate : Electorate.NOBODY, List.copyOf(seeds));
    }

    /** Who forms the cluster, if there is none. */
    private static Electorate electorate(Config config, NodeId self, List<NodeId> named, boolean hasSeeds) {
        int expected = config.value(Keys.CLUSTER_EXPECT);
        if (!named.isEmpty()) {
            if (expected > 0 && expected != named.size()) {
                throw new ProblemException(
                        ExitCode.USAGE,
                        "cluster.expect is " + expected + ", and " + named.size() + " nodes are named: " + named,
                        config.origin(Keys.CLUSTER_EXPECT).place(),
                        "leave cluster.expect out: those that are named are expected");
            }
            return named.contains(self) ? Electorate.named(named) : Electorate.NOBODY;
        }
        if (expected > 0) {
            return Electorate.counted(expected);
        }
        return hasSeeds ? Electorate.NOBODY : Electorate.named(List.of(self));
    }

    private static void requireCarrier(Config config) {
        boolean isAeron = config.value(Keys.CLUSTER_TRANSPORT) == Keys.TransportKind.AERON;
        if (isAeron && config.value(Keys.CLUSTER_DATAGRAMS) == Keys.Datagrams.OFF) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "cluster.datagrams is off, and cluster.transport = aeron knows nothing but UDP",
                    config.origin(Keys.CLUSTER_DATAGRAMS).place(),
                    "leave one of the two out");
        }
    }

    private static void requireList(List<NodeId> voters) {
        if (voters.isEmpty()) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "cluster.discovery is static, and cluster.static.seeds names no node",
                    "",
                    "--cluster.static.seeds=emq1@10.0.0.1,emq2@10.0.0.2,emq3@10.0.0.3");
        }
        if (voters.size() != voters.stream().distinct().count()) {
            throw new ProblemException(ExitCode.USAGE, "cluster.static.seeds names a node twice", "", "");
        }
    }

    /** A node that tells others to reach it at a loopback address is lost to those on other machines. */
    private static void requireReachable(String advertiseHost, List<Suggestion> seeds) {
        for (Suggestion seed : seeds) {
            if (new Address(advertiseHost, 1).isLoopback() && !seed.address().isLoopback()) {
                throw new ProblemException(
                        ExitCode.USAGE,
                        "this node would tell " + seed + " to reach it at " + advertiseHost,
                        "that is a loopback address, which on another machine means that machine",
                        "--advertise-host HOST   with a name or address of this machine");
            }
        }
    }

    /**
     * The node's keys, if it encrypts.
     *
     * @throws ProblemException if it is to, and cannot
     */
    KeyKeeper keys() {
        Path file = config.value(Keys.CLUSTER_KEY_FILE);
        Path path = file != null ? file : config.value(Keys.NODE_DIR).resolve("keys");
        EncryptionMode mode = switch (config.value(Keys.CLUSTER_ENCRYPTION)) {
            case OFF -> EncryptionMode.OFF;
            case PREFER -> EncryptionMode.PREFER;
            case REQUIRE -> EncryptionMode.REQUIRE;
        };
        return KeyKeeper.open(mode, path, config.value(Keys.CLUSTER_KEY));
    }

    /** The four cases of host and advertise-host. */
    private static String advertiseHost(Config config, String bindHost) {
        String advertised = orEmpty(config.value(Keys.NODE_ADVERTISE_HOST));
        if (!advertised.isEmpty()) {
            return advertised;
        }
        if (!bindHost.isEmpty() && !bindHost.equals("0.0.0.0") && !bindHost.equals("::")) {
            return bindHost;
        }
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "this machine does not know its own name",
                    e.getMessage(),
                    "--advertise-host HOST   with a name or address that other nodes reach it by");
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** The address that other nodes are told, for a port. */
    Address advertised(int port) {
        return new Address(advertiseHost, port);
    }
}
