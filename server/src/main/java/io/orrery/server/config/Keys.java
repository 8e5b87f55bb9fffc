package io.orrery.server.config;

import io.orrery.kernel.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every key there is. A key that is not here does not exist; one that is here works as its text says. */
public final class Keys {
    /** What a node does for the cluster's state. */
    public enum Role {
        PRIMARY,
        SECONDARY
    }

    /** How soon a silent node counts as dead. */
    public enum FailureDetection {
        LAN,
        FAST
    }

    /** Whether nodes use UDP. */
    public enum Datagrams {
        ON,
        OFF
    }

    /** What happens to a message for a client whose queue is full. */
    public enum Overflow {
        DROP_NEWEST,
        DROP_OLDEST,
        DISCONNECT
    }

    /** How the nodes talk. */
    public enum TransportKind {
        TCP,
        AERON
    }

    /** Whether the nodes encrypt what they tell each other. */
    public enum Encryption {
        OFF,
        PREFER,
        REQUIRE
    }

    /** What becomes of the smaller side of a split when it is over. */
    public enum Autoheal {
        MERGE,
        RESTART_MINORITY
    }

    /** Whether something is done. */
    public enum Switch {
        ON,
        OFF
    }

    /** How a node finds the first others. */
    public enum DiscoveryKind {
        IN_MEMORY,
        STATIC
    }

    /** How much is written to stderr. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    public static final Key<NodeId> NODE_NAME = Key.of(
            "node.name",
            ValueTypes.NODE,
            "",
            "This node's name, unique in its cluster and kept for life: a data directory belongs to one name."
                    + " Default: orrery@ and the advertised host.",
            "name");
    public static final Key<String> NODE_COOKIE = Key.of(
            "node.cookie",
            ValueTypes.SECRET,
            "orrery",
            "The secret that nodes of one cluster share; a node with another cookie is turned away. Change it before"
                    + " the cluster's network is open to others. It shows in the process list if given as a flag.",
            "cookie");
    public static final Key<Path> NODE_DIR = Key.of(
            "node.dir",
            ValueTypes.PATH,
            "./orrery-data",
            "Where everything is kept that survives a restart. One directory for each node.",
            "dir",
            "data-dir");
    public static final Key<String> NODE_HOST = Key.of(
            "node.host",
            ValueTypes.HOST,
            "",
            "The host or IP address to listen on, and, unless node.advertise-host is set, to advertise. Default: all"
                    + " interfaces, and the canonical host name that the operating system reports is advertised.",
            "host");
    public static final Key<String> NODE_ADVERTISE_HOST = Key.of(
            "node.advertise-host",
            ValueTypes.HOST,
            "",
            "The host or IP address that other nodes are told to reach this one by.",
            "advertise-host");
    public static final Key<Role> NODE_ROLE = Key.of(
            "node.role",
            ValueTypes.oneOf(Role.class),
            "primary",
            "A primary node votes on the cluster's state and keeps it on disk; make them few and odd in number. A"
                    + " secondary node receives it, and needs a cluster to join.",
            "role",
            "cluster-role");
    public static final Key<String> CLUSTER_NAME = Key.of(
            "cluster.name",
            ValueTypes.TEXT,
            "orrery",
            "The cluster's name; nodes of another name are turned away.",
            "cluster-name");
    public static final Key<Integer> CLUSTER_PORT = Key.of(
            "cluster.port",
            ValueTypes.PORT,
            "16000",
            "The port for other nodes, TCP and UDP both (see cluster.datagrams). 0 takes any free one, and then only others that are told find"
                    + " this node.",
            "port",
            "cluster-port");
    public static final Key<TransportKind> CLUSTER_TRANSPORT = Key.of(
            "cluster.transport",
            ValueTypes.oneOf(TransportKind.class),
            "tcp",
            "What carries messages between nodes; the same on all nodes of a cluster.",
            "transport");
    public static final Key<Encryption> CLUSTER_ENCRYPTION = Key.of(
            "cluster.encryption",
            ValueTypes.oneOf(Encryption.class),
            "off",
            "Whether traffic between nodes is encrypted and authenticated. off: no. require: yes, and nodes that do not are"
                    + " turned away. prefer: yes with those that do, and plain with others, while a cluster is changed over"
                    + " node by node. Clients' traffic is not part of it.");
    public static final Key<String> CLUSTER_KEY = Key.of(
            "cluster.key",
            ValueTypes.SECRET,
            "",
            "The cluster's first key, in base64, for a node whose key file does not exist yet; afterwards the file counts."
                    + " orrery keys generate prints one. It shows in the process list if given as a flag.");
    public static final Key<Path> CLUSTER_KEY_FILE = Key.of(
            "cluster.key-file",
            ValueTypes.PATH,
            "",
            "Where the keys are kept, the one in use first; readable by its owner alone. Default: the file keys below"
                    + " node.dir.");
    public static final Key<DiscoveryKind> CLUSTER_DISCOVERY = Key.of(
            "cluster.discovery",
            ValueTypes.oneOf(DiscoveryKind.class),
            "in-memory",
            "How a node finds others at start. in-memory: nodes of one process find each other, others by"
                    + " cluster.join. static: cluster.static.seeds.",
            "discovery");
    public static final Key<List<Seed>> CLUSTER_STATIC_SEEDS = Key.of(
            "cluster.static.seeds",
            ValueTypes.SEEDS,
            "",
            "With cluster.discovery = static: the nodes that form the cluster. A node that is in its own list starts"
                    + " the cluster together with the others of the list, and a majority of them must be up; one that"
                    + " is not in the list joins them. The same list on all nodes, or two clusters may form.");
    public static final Key<List<Address>> CLUSTER_JOIN = Key.of(
            "cluster.join",
            ValueTypes.ADDRESSES,
            "",
            "Nodes of a running cluster that a node without state joins; any one of them that answers is enough.",
            "join");
    public static final Key<Long> CLUSTER_JOIN_TIMEOUT = Key.of(
            "cluster.join-timeout",
            ValueTypes.duration("1s", "1h"),
            "30s",
            "How long a start waits to become ready, and a join to succeed, before it says that it is still trying.");
    public static final Key<Integer> CLUSTER_EXPECT = Key.of(
            "cluster.expect",
            ValueTypes.number("nodes", 0, 64),
            "0",
            "How many nodes form the cluster together at its first start: they wait until all of them see each other, and the"
                    + " others are found by cluster.join. The same on all nodes. At most twice as many less one may start"
                    + " before the cluster is formed; whoever comes later joins. Without meaning once there is a cluster."
                    + " With cluster.static.seeds it is the length of that list, of which a majority is enough. Default: a"
                    + " node that is told of no other forms a cluster of its own, one that is told of others joins them.",
            "expect");
    public static final Key<Integer> RAFT_PRIORITY = Key.of(
            "raft.priority",
            ValueTypes.number("priority", 0, 100),
            "100",
            "How willing this node leads, from 0 to 100. A lower one waits longer before it stands for election, at most"
                    + " twice as long, and as leader hands over to a voter whose priority is higher by 10 or more once that"
                    + " has everything. A node of priority 0 still leads where no other can.");
    public static final Key<Integer> RAFT_SNAPSHOT_ENTRIES = Key.of(
            "raft.snapshot.entries",
            ValueTypes.number("entries", 0, 1_000_000_000),
            "1000000",
            "A snapshot of the cluster's state is taken whenever its log has grown by so many entries; 0 to never take one"
                    + " for that. The same on all nodes: then any of them can serve a slice of what another one took.");
    public static final Key<Integer> RAFT_SNAPSHOT_BYTES = Key.of(
            "raft.snapshot.bytes",
            ValueTypes.size("64KiB", "1GiB"),
            "64MiB",
            "And whenever the log has grown by so many bytes, but not before it has grown by as much as the last snapshot has."
                    + " The same on all nodes. Small ones make short starts and small logs, and write more.");
    public static final Key<Integer> RAFT_SNAPSHOT_TAIL = Key.of(
            "raft.snapshot.tail-entries",
            ValueTypes.number("entries", 0, 100_000_000),
            "10000",
            "Entries that stay in the log behind a snapshot, for nodes that are a little behind: a node that lacks more is"
                    + " sent the snapshot.");
    public static final Key<Integer> RAFT_WAL_AHEAD = Key.of(
            "raft.wal.preallocate-bytes",
            ValueTypes.size("0", "64MiB"),
            "64MiB",
            "How much of a segment of the write-ahead log is allocated before it is needed, of the 64 MiB that a segment"
                    + " takes; in the background, with zeros. A disk that has no space for it counts as full. Less takes less"
                    + " disk on a node that writes little; 0 allocates nothing ahead, and syncs take longer.");
    public static final Key<FailureDetection> CLUSTER_FAILURE_DETECTION = Key.of(
            "cluster.failure-detection",
            ValueTypes.oneOf(FailureDetection.class),
            "lan",
            "How soon a silent node counts as dead: lan, about six seconds; fast, about one, and then a pause of a second"
                    + " is a death. The same on all nodes.");
    public static final Key<Datagrams> CLUSTER_DATAGRAMS = Key.of(
            "cluster.datagrams",
            ValueTypes.oneOf(Datagrams.class),
            "on",
            "Whether nodes probe each other by UDP: on, UDP first and TCP where no answer comes; off, TCP alone, for networks"
                    + " that carry no UDP, and then no UDP port is opened. The same on all nodes; not with cluster.transport ="
                    + " aeron, which knows nothing but UDP.");
    public static final Key<Long> CLUSTER_AUTOCLEAN = Key.of(
            "cluster.autoclean",
            ValueTypes.duration("10s", "720h"),
            "5m",
            "How long a dead node is remembered, and told that it is: after that it is removed from the list of members for"
                    + " good. A network that was split for longer heals through seeds (cluster.join, cluster.static.seeds), or"
                    + " more slowly, since a node keeps trying the last 64 that it removed for a day.",
            "autoclean");
    public static final Key<Switch> CLUSTER_AUTOCLEAN_NODES = Key.of(
            "cluster.autoclean-nodes",
            ValueTypes.oneOf(Switch.class),
            "on",
            "Whether the leader forgets a node that has not run for cluster.autoclean: as one of the cluster's nodes, and as a"
                    + " voter, as long as a majority of the other voters runs. When it runs again, it joins again.");
    public static final Key<Autoheal> CLUSTER_AUTOHEAL = Key.of(
            "cluster.autoheal",
            ValueTypes.oneOf(Autoheal.class),
            "merge",
            "What happens when a split is over: merge, the sides come together and nobody restarts; restart-minority, the"
                    + " largest set of nodes that saw each other stays, and the others send their clients away and start"
                    + " anew. The same on all nodes, and only where all are of a release that knows it.",
            "autoheal");
    public static final Key<String> MQTT_HOST =
            Key.of("mqtt.host", ValueTypes.HOST, "", "Where MQTT clients connect; default: as node.host.");
    public static final Key<Integer> MQTT_PORT = Key.of(
            "mqtt.port",
            ValueTypes.PORT,
            "1883",
            "The MQTT port (3.1.1 and 5, no TLS). 0 takes any free one.",
            "mqtt-port");
    public static final Key<Integer> MQTT_CONNECTIONS_MAX = Key.of(
            "mqtt.connections.max",
            ValueTypes.number("count", 1, 10_000_000),
            "100000",
            "Connections at one time; beyond it new ones are closed at once and counted. Each needs a file descriptor.");
    public static final Key<Integer> MQTT_PACKET_BYTES_MAX = Key.of(
            "mqtt.packet.bytes-max",
            ValueTypes.size("1KiB", "8MiB"),
            "1MiB",
            "The largest packet taken from a client; a larger one closes its connection.");
    public static final Key<Integer> MQTT_RECEIVE_MAXIMUM = Key.of(
            "mqtt.receive-maximum",
            ValueTypes.number("count", 1, 65_535),
            "256",
            "QoS 1 publishes of one client that may wait for their acknowledgement. A client that sends more is closed"
                    + " (5) or held back (3.1.1).");
    public static final Key<Long> MQTT_CONNECT_TIMEOUT = Key.of(
            "mqtt.connect-timeout",
            ValueTypes.duration("100ms", "10m"),
            "10s",
            "How long a new connection may take to send its CONNECT.");
    public static final Key<Long> MQTT_KEEP_ALIVE_MAX = Key.of(
            "mqtt.keep-alive-max",
            ValueTypes.duration("1s", "18h"),
            "18h",
            "The longest keep-alive granted; a version 5 client that asks for more is told this one.");
    public static final Key<Integer> MQTT_OUTBOUND_BYTES_MAX = Key.of(
            "mqtt.outbound.bytes-max",
            ValueTypes.size("16KiB", "64MiB"),
            "1MiB",
            "Bytes that may wait to be written to one client; above it the client gets no more until half is written."
                    + " Multiplied by the number of slow clients this is memory.");
    public static final Key<Integer> MQTT_THREADS = Key.of(
            "mqtt.threads",
            ValueTypes.number("count", 1, 256),
            "2",
            "Threads that read and write MQTT connections. The broker itself has one thread more, which no number of"
                    + " these makes faster.");
    public static final Key<Integer> MQTT_SESSION_IN_FLIGHT_MAX = Key.of(
            "mqtt.session.in-flight-max",
            ValueTypes.number("count", 1, 65_535),
            "256",
            "QoS 1 messages sent to one client and not yet acknowledged by it, if its Receive Maximum allows as many.");
    public static final Key<Integer> MQTT_SESSION_QUEUED_MAX = Key.of(
            "mqtt.session.queued-max",
            ValueTypes.number("count", 0, 10_000_000),
            "1000",
            "Messages that wait for one client that is slow. Multiplied by the number of slow clients this is memory.");
    public static final Key<Overflow> MQTT_SESSION_OVERFLOW = Key.of(
            "mqtt.session.overflow",
            ValueTypes.oneOf(Overflow.class),
            "drop-newest",
            "What happens to a message for a client with a full queue.");
    public static final Key<Integer> MQTT_SESSION_SUBSCRIPTIONS_MAX = Key.of(
            "mqtt.session.subscriptions-max",
            ValueTypes.number("count", 1, 10_000_000),
            "10000",
            "Filters of one client; more are refused with 0x97.");
    public static final Key<String> ADMIN_HOST = Key.of(
            "admin.host",
            ValueTypes.HOST,
            "127.0.0.1",
            "Where the admin HTTP interface listens. It asks for no password: keep it on loopback.");
    public static final Key<Integer> ADMIN_PORT =
            Key.of("admin.port", ValueTypes.PORT, "18083", "The admin HTTP port. 0 takes any free one.", "admin-port");
    public static final Key<Path> RECORD_FILE = Key.of(
            "record.file",
            ValueTypes.PATH,
            "",
            "Keeps a journal of all that the node is given from its start on, for orrery sim replay. It holds what"
                    + " clients publish. Each start begins a new one; the last four before it stay as FILE.1 to FILE.4."
                    + " Default: none.",
            "record");
    public static final Key<Integer> RECORD_BYTES_MAX = Key.of(
            "record.bytes-max",
            ValueTypes.size("1MiB", "1GiB"),
            "256MiB",
            "Where the journal ends; the node goes on. A journal is a beginning, not the latest part: a replay can only"
                    + " start where the node did.");
    public static final Key<LogLevel> LOG_LEVEL =
            Key.of("log.level", ValueTypes.oneOf(LogLevel.class), "info", "How much is written to stderr.");

    private static final List<Key<?>> ALL = List.of(
            NODE_NAME,
            NODE_COOKIE,
            NODE_DIR,
            NODE_HOST,
            NODE_ADVERTISE_HOST,
            NODE_ROLE,
            CLUSTER_NAME,
            CLUSTER_PORT,
            CLUSTER_TRANSPORT,
            CLUSTER_ENCRYPTION,
            CLUSTER_KEY,
            CLUSTER_KEY_FILE,
            CLUSTER_DISCOVERY,
            CLUSTER_STATIC_SEEDS,
            CLUSTER_JOIN,
            CLUSTER_JOIN_TIMEOUT,
            CLUSTER_EXPECT,
            CLUSTER_FAILURE_DETECTION,
            CLUSTER_DATAGRAMS,
            CLUSTER_AUTOCLEAN,
            CLUSTER_AUTOCLEAN_NODES,
            CLUSTER_AUTOHEAL,
            RAFT_PRIORITY,
            RAFT_SNAPSHOT_ENTRIES,
            RAFT_SNAPSHOT_BYTES,
            RAFT_SNAPSHOT_TAIL,
            RAFT_WAL_AHEAD,
            MQTT_HOST,
            MQTT_PORT,
            MQTT_CONNECTIONS_MAX,
            MQTT_PACKET_BYTES_MAX,
            MQTT_RECEIVE_MAXIMUM,
            MQTT_CONNECT_TIMEOUT,
            MQTT_KEEP_ALIVE_MAX,
            MQTT_OUTBOUND_BYTES_MAX,
            MQTT_THREADS,
            MQTT_SESSION_IN_FLIGHT_MAX,
            MQTT_SESSION_QUEUED_MAX,
            MQTT_SESSION_OVERFLOW,
            MQTT_SESSION_SUBSCRIPTIONS_MAX,
            ADMIN_HOST,
            ADMIN_PORT,
            RECORD_FILE,
            RECORD_BYTES_MAX,
            LOG_LEVEL);

    private static final SortedMap<String, Key<?>> BY_NAME = index();

    private Keys() {}

    /** All keys, in the order of the reference. */
    public static List<Key<?>> all() {
        return ALL;
    }

    /** The key of a name or alias, or null. */
    static Key<?> find(String name) {
        return BY_NAME.get(name);
    }

    /** The nearest name or alias, or empty text. */
    static String nearest(String typed) {
        return NearestMatch.among(BY_NAME.keySet(), typed);
    }

    /** The key that an environment variable sets, or null. */
    static Key<?> findByEnvironment(String variable) {
        for (Key<?> key : ALL) {
            if (key.environmentName().equals(variable)) {
                return key;
            }
        }
        return null;
    }

    /** The nearest environment variable, or empty text. */
    static String nearestEnvironment(String variable) {
        List<String> names = new ArrayList<>();
        ALL.forEach(key -> names.add(key.environmentName()));
        return NearestMatch.among(names, variable);
    }

    private static SortedMap<String, Key<?>> index() {
        SortedMap<String, Key<?>> index = new TreeMap<>();
        for (Key<?> key : ALL) {
            index.put(key.name(), key);
            key.aliases().forEach(alias -> index.put(alias, key));
        }
        return index;
    }
}
