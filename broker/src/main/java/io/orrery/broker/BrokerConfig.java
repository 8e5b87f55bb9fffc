package io.orrery.broker;

import io.orrery.broker.boot.BootConfig;
import io.orrery.broker.cluster.KeeperConfig;
import io.orrery.broker.cluster.NodeRole;
import io.orrery.broker.forward.ForwardConfig;
import io.orrery.broker.session.SessionLimits;
import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.registry.RegistryConfig;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.forward.ForwarderConfig;
import io.orrery.raft.log.WalConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a broker node runs. The parts say what their values mean.
 *
 * @param address where other nodes reach this one, {@code host:port}; empty where a name is enough
 * @param role whether it votes on the cluster's state
 * @param seeds members to contact at the start; none for a cluster's first node
 * @param metadata small facts that other members are told, beside the role
 * @param group Raft group 0; its initial configuration is empty on a node that joins an existing cluster
 * @param sessionsMax clients connected at one time; beyond it a CONNECT is refused
 * @param tracksClients whether nodes tell each other their clients, so that a client that connects elsewhere leaves here; a
 *     row for each client on every node. Off, one client id may have a session on each node
 * @param boot how the node finds out which cluster it is of, before anything else of it runs; null for a node that is told
 *     by {@code group}'s initial configuration, of a cluster without an id
 */
public record BrokerConfig(
        String address,
        NodeRole role,
        List<NodeId> seeds,
        SortedMap<String, String> metadata,
        GossipConfig gossip,
        OwnerLogConfig ownerLog,
        RaftConfig group,
        WalConfig wal,
        ForwarderConfig proposals,
        KeeperConfig keeper,
        ForwardConfig forward,
        SessionLimits session,
        int sessionsMax,
        boolean tracksClients,
        BootConfig boot) {
    /** The cluster's state is replicated by this Raft group. */
    public static final long CLUSTER_GROUP = 0;

    /** Nodes of a cluster, at most. */
    public static final int NODES_MAX = 1_024;

    public BrokerConfig {
        Check.argument(group.group() == CLUSTER_GROUP, "the cluster's state is in group 0");
        Check.argument(sessionsMax > 0, "sessionsMax is positive");
        seeds = Collections.unmodifiableList(new ArrayList<>(seeds));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /**
     * The defaults.
     *
     * @param cluster its name, the same on all nodes
     * @param initial the voters that the cluster starts with, the same on each of them; empty on a node that joins
     */
    public static BrokerConfig of(String cluster, Configuration initial) {
        return new BrokerConfig(
                "",
                NodeRole.PRIMARY,
                List.of(),
                Collections.emptySortedMap(),
                GossipConfig.lan(cluster),
                OwnerLogConfig.lan(),
                RaftConfig.of(CLUSTER_GROUP, initial).with(RaftConfig.Timing.DEFAULT.withoutGathering()),
                WalConfig.DEFAULT,
                ForwarderConfig.of(CLUSTER_GROUP),
                KeeperConfig.DEFAULT,
                ForwardConfig.DEFAULT,
                SessionLimits.DEFAULT,
                1_000_000,
                true,
                null);
    }

    /** How the registry runs: at the pace of the owner logs. */
    public RegistryConfig registry() {
        return ownerLog.digestNanos() < Time.seconds(1) ? RegistryConfig.fast() : RegistryConfig.lan();
    }

    /** For one machine, development and tests: gossip and rows five times as fast. */
    public BrokerConfig fast() {
        return with(GossipConfig.fast(gossip.cluster()), OwnerLogConfig.fast());
    }

    /** The same with other timing of membership and rows. */
    public BrokerConfig with(GossipConfig newGossip, OwnerLogConfig newOwnerLog) {
        return new BrokerConfig(
                address,
                role,
                seeds,
                metadata,
                newGossip,
                newOwnerLog,
                group,
                wal,
                proposals,
                keeper,
                forward,
                session,
                sessionsMax,
                tracksClients,
                boot);
    }

    /** The same on a node of its own: where it is, what it is, whom it contacts, what it tells. */
    public BrokerConfig at(
            String newAddress, NodeRole newRole, List<NodeId> newSeeds, SortedMap<String, String> newMetadata) {
        return new BrokerConfig(
                newAddress,
                newRole,
                newSeeds,
                newMetadata,
                gossip,
                ownerLog,
                group,
                wal,
                proposals,
                keeper,
                forward,
                session,
                sessionsMax,
                tracksClients,
                boot);
    }

    public BrokerConfig withSeeds(List<NodeId> newSeeds) {
        return at(address, role, newSeeds, metadata);
    }

    public BrokerConfig withRole(NodeRole newRole) {
        return at(address, newRole, seeds, metadata);
    }

    /** The same with other limits of links and sessions. */
    public BrokerConfig with(ForwardConfig newForward, SessionLimits newSession) {
        return new BrokerConfig(
                address,
                role,
                seeds,
                metadata,
                gossip,
                ownerLog,
                group,
                wal,
                proposals,
                keeper,
                newForward,
                newSession,
                sessionsMax,
                tracksClients,
                boot);
    }

    /** The same with another Raft timing and limits; the group stays 0. */
    public BrokerConfig with(RaftConfig newGroup) {
        return new BrokerConfig(
                address,
                role,
                seeds,
                metadata,
                gossip,
                ownerLog,
                newGroup,
                wal,
                proposals,
                keeper,
                forward,
                session,
                sessionsMax,
                tracksClients,
                boot);
    }

    /** The same with another write-ahead log. */
    public BrokerConfig with(WalConfig newWal) {
        return new BrokerConfig(
                address,
                role,
                seeds,
                metadata,
                gossip,
                ownerLog,
                group,
                newWal,
                proposals,
                keeper,
                forward,
                session,
                sessionsMax,
                tracksClients,
                boot);
    }

    /** The same with another way to keep its members. */
    public BrokerConfig with(KeeperConfig newKeeper) {
        return new BrokerConfig(
                address,
                role,
                seeds,
                metadata,
                gossip,
                ownerLog,
                group,
                wal,
                proposals,
                newKeeper,
                forward,
                session,
                sessionsMax,
                tracksClients,
                boot);
    }

    /** The same with a first boot. */
    public BrokerConfig with(BootConfig newBoot) {
        return new BrokerConfig(
                address,
                role,
                seeds,
                metadata,
                gossip,
                ownerLog,
                group,
                wal,
                proposals,
                keeper,
                forward,
                session,
                sessionsMax,
                tracksClients,
                newBoot);
    }
}
