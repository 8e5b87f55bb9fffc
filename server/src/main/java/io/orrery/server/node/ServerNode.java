package io.orrery.server.node;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.boot.Electorate;
import io.orrery.broker.input.ClientInputs;
import io.orrery.broker.session.ClientLink;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.SessionCounters;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.Transport;
import io.orrery.server.admin.AdminException;
import io.orrery.server.admin.AdminServer;
import io.orrery.server.config.Address;
import io.orrery.server.config.Config;
import io.orrery.server.config.Keys;
import io.orrery.server.discovery.CombinedDiscovery;
import io.orrery.server.discovery.Discovery;
import io.orrery.server.discovery.StaticDiscovery;
import io.orrery.server.discovery.Suggestion;
import io.orrery.server.journal.BootPlan;
import io.orrery.server.keys.KeyKeeper;
import io.orrery.server.mqtt.MqttCounters;
import io.orrery.server.mqtt.MqttLimits;
import io.orrery.server.mqtt.MqttListener;
import io.orrery.server.mqtt.NodeGate;
import io.orrery.server.node.DataHome.Beginning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node with everything around it: directory, broker, MQTT, admin interface.
 *
 * <p>The node's program may be stopped and started anew below the listeners, when it joins or leaves a cluster; see
 * {@link Migration}.
 *
 * <ul>
 *   <li>I1: at most one incarnation of the program runs.
 *   <li>I2: after {@link #close} nothing runs, and all ports are free.
 * </ul>
 *
 * <p>Safe for use by any thread; start and close once.
 */
public final class ServerNode implements NodeGate, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerNode.class);
    private static final long HOUSEKEEPING_MILLIS = 250;
    private static final long FAREWELL_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

    private final NodeSettings settings;
    private final Discovery discovery;
    private final Consumer<Throwable> onHalt;
    private final UnaryOperator<Transport> wire;
    private final AdminServer admin;
    private final MqttListener mqtt;
    private final ScheduledExecutorService housekeeper;
    /** Writes to the log what becomes of the node; waits for no disk, for that may be what there is to say. */
    private final ScheduledExecutorService chronicler;

    private final Seeker seeker;
    private final RefusalLog refusals = new RefusalLog();
    private final GroupLog groupLog = new GroupLog();
    private final BootLog bootLog = new BootLog(this);
    private NodeAssembly assembly;
    private volatile KeyKeeper keys;
    private DataHome home;
    private SortedMap<NodeId, String> savedPeers;
    private String peersProblem = "";
    private volatile RunningNode running;
    private volatile boolean isClosed;

    /**
     * @param discovery asked for other nodes besides those that the configuration names
     * @param onHalt told, on the node's thread, when the node halted: a broken rule or a broken disk
     * @throws io.orrery.server.problem.ProblemException if the configuration contradicts itself
     */
    public ServerNode(Config config, Discovery discovery, Consumer<Throwable> onHalt) {
        this(NodeSettings.of(config), discovery, onHalt);
    }

    ServerNode(NodeSettings settings, Discovery discovery, Consumer<Throwable> onHalt) {
        this(settings, discovery, onHalt, UnaryOperator.identity());
    }

    /**
     * @param wire what stands between the node and its transport
     */
    ServerNode(NodeSettings settings, Discovery discovery, Consumer<Throwable> onHalt, UnaryOperator<Transport> wire) {
        Config config = settings.config();
        this.wire = wire;
        this.settings = settings;
        this.discovery = new CombinedDiscovery(List.of(new StaticDiscovery(settings.seeds()), discovery));
        this.onHalt = onHalt;
        this.admin = new AdminServer(new NodeAdmin(this));
        this.mqtt = new MqttListener(this, MqttLimits.of(config), config.value(Keys.MQTT_THREADS), self().name());
        this.housekeeper = daemon("orrery-housekeeper-" + self());
        this.chronicler = daemon("orrery-chronicler-" + self());
        this.seeker = new Seeker(this);
    }

    /**
     * Starts everything; returns when clients are served, which may be before the cluster is whole.
     *
     * @throws io.orrery.server.problem.ProblemException if a port, a directory or the network cannot be had, or the nodes
     *     to join turn this one away
     */
    public ServerNode start() {
        try {
            Config config = settings.config();
            Beginning fresh = beginning(settings.electorate());
            home = DataHome.open(config.value(Keys.NODE_DIR), self(), config.value(Keys.CLUSTER_NAME), fresh);
            keys = settings.keys();
            admin.start(config.value(Keys.ADMIN_HOST), config.value(Keys.ADMIN_PORT));
            assembly = new NodeAssembly(settings, toldAdminAddress().toString(), keys, wire);
            boot(home.beginning() == Beginning.JOINED ? Electorate.NOBODY : settings.electorate());
            if (isJoining()) {
                seeker.seekOnce();
            }
            Waiting.until(() -> ask(ServerNode::hasRead), Waiting.BOOT_NANOS_MAX, "the node's disk to answer");
            String host = config.value(Keys.MQTT_HOST);
            mqtt.start(host == null ? settings.bindHost() : host, config.value(Keys.MQTT_PORT));
            housekeeper.scheduleWithFixedDelay(
                    this::keepHouse, HOUSEKEEPING_MILLIS, HOUSEKEEPING_MILLIS, TimeUnit.MILLISECONDS);
            chronicler.scheduleWithFixedDelay(
                    this::writeLog, HOUSEKEEPING_MILLIS, HOUSEKEEPING_MILLIS, TimeUnit.MILLISECONDS);
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private static Beginning beginning(Electorate electorate) {
        if (!electorate.forms()) {
            return Beginning.JOINED;
        }
        return electorate.isNamed() ? Beginning.FORMED : Beginning.EXPECTED;
    }

    private BootPlan plan(Electorate electorate) {
        Config config = settings.config();
        boolean cleans = config.value(Keys.CLUSTER_AUTOCLEAN_NODES) == Keys.Switch.ON;
        return new BootPlan(
                electorate,
                home.isOlder(),
                config.value(Keys.CLUSTER_AUTOHEAL) == Keys.Autoheal.RESTART_MINORITY,
                cleans ? config.value(Keys.CLUSTER_AUTOCLEAN) : 0);
    }

    /** Whether the disk has answered: the node is of a cluster, or looks for one. */
    private static boolean hasRead(BrokerNode broker) {
        return broker.isReady() || broker.boot().isWaiting();
    }

    /**
     * Starts an incarnation of the program.
     *
     * @param electorate who forms the cluster if there is none
     */
    void boot(Electorate electorate) {
        List<Suggestion> named = new ArrayList<>(home.peers());
        discovery.suggestions().stream().filter(seed -> seed.node() != null).forEach(named::add);
        named.removeIf(seed -> seed.node().equals(self()));
        RunningNode node = assembly.start(home.statePath(), plan(electorate), named);
        node.thread().onHalt(this::fail);
        running = node;
        node.thread().submit(() -> node.broker().healer().onRestart(this::restartSoon));
        if (node.thread().isHalted()) {
            fail(node.thread().haltReason());
        }
        discovery.announce(self(), node.address());
    }

    /** On the node's thread, which cannot stop itself. */
    private void restartSoon() {
        try {
            housekeeper.execute(this::restartByHeal);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("{} stops, and is not started anew", self());
        }
    }

    /** After a split in which this node was of the minority: its clients are sent away, and its program starts anew. */
    private void restartByHeal() {
        if (isClosed || running == null) {
            return;
        }
        LOG.warn(
                "{} was of the minority of a split and starts anew (cluster.autoheal = restart-minority): its clients are"
                        + " sent away, what it agreed on with the others stays",
                self());
        try {
            mqtt.dropAll();
            halt();
            boot(Electorate.NOBODY);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Stops the incarnation that runs, if any. */
    void halt() {
        RunningNode node = running;
        if (node != null) {
            node.close();
            running = null;
        }
    }

    /** The node cannot go on: clients had better go elsewhere, and whoever runs this node decides. */
    void fail(Throwable why) {
        LOG.error("node {} cannot go on: {}", self(), why.toString(), why);
        Thread closer = new Thread(mqtt::close, "orrery-mqtt-close-" + self());
        closer.setDaemon(true);
        closer.start();
        onHalt.accept(why);
    }

    private void keepHouse() {
        try {
            seeker.seek();
            rememberPeers();
        } catch (RuntimeException e) {
            LOG.debug("housekeeping of {} failed; it will be tried again", self(), e);
        }
    }

    private void writeLog() {
        try {
            bootLog.look();
            RunningNode node = running;
            if (node != null) {
                refusals.look(node);
                groupLog.look(node);
            }
        } catch (RuntimeException e) {
            LOG.debug("{} cannot be looked at; it will be tried again", self(), e);
        }
    }

    /** Notes where the others are, for the next start. */
    private void rememberPeers() {
        SortedMap<NodeId, String> peers = ask(broker -> {
            SortedMap<NodeId, String> live = new TreeMap<>();
            broker.membership().members().values().stream()
                    .filter(member -> member.isLive() && !member.address().isEmpty())
                    .forEach(member -> live.put(member.node(), member.address()));
            live.remove(self());
            return live;
        });
        if (!peers.isEmpty()) {
            savePeers(peers);
        }
    }

    synchronized void savePeers(SortedMap<NodeId, String> peers) {
        if (peers.equals(savedPeers)) {
            return;
        }
        try {
            home.savePeers(peers);
            savedPeers = peers;
            peersProblem = "";
        } catch (IOException e) {
            if (!peersProblem.equals(e.toString())) {
                peersProblem = e.toString();
                LOG.warn("cannot note the other nodes for the next start, it is tried again: {}", peersProblem);
            }
        }
    }

    NodeId self() {
        return settings.self();
    }

    NodeSettings settings() {
        return settings;
    }

    /** What its traffic with other nodes is sealed with. */
    KeyKeeper keys() {
        return keys;
    }

    DataHome home() {
        return home;
    }

    Discovery discovery() {
        return discovery;
    }

    MqttListener mqtt() {
        return mqtt;
    }

    /** The incarnation that runs, or null between two of them. */
    RunningNode running() {
        return running;
    }

    /** Asks the broker on its thread; fails with an AdminException while no incarnation runs. */
    <T> T ask(Function<BrokerNode, T> question) {
        RunningNode node = running;
        if (node == null) {
            throw new AdminException(AdminException.NOT_NOW, "the node starts, and has nothing to say yet", "", "");
        }
        return node.ask(question);
    }

    /** Its name. */
    public NodeId name() {
        return settings.self();
    }

    String clusterName() {
        return settings.config().value(Keys.CLUSTER_NAME);
    }

    /** Where other nodes reach it. */
    public Address clusterAddress() {
        return running.address();
    }

    /** Where MQTT clients reach it, from this machine. */
    public Address mqttAddress() {
        String host = settings.config().value(Keys.MQTT_HOST);
        String bound = host == null ? settings.bindHost() : host;
        return new Address(bound.isEmpty() ? settings.advertiseHost() : bound, mqtt.port());
    }

    /** What its MQTT listener saw. */
    public MqttCounters mqttCounters() {
        return mqtt.counters();
    }

    /** What its sessions did; exact only on the node's thread. */
    public SessionCounters sessionCounters() {
        return running.broker().counters();
    }

    /** Where operators reach it. */
    public Address adminAddress() {
        return new Address(settings.config().value(Keys.ADMIN_HOST), admin.port());
    }

    /** The same for other machines: where it listens on all interfaces, the host that it tells others. */
    private Address toldAdminAddress() {
        String host = settings.config().value(Keys.ADMIN_HOST);
        boolean isWildcard = host.equals("0.0.0.0") || host.equals("::");
        return isWildcard ? new Address(settings.advertiseHost(), admin.port()) : adminAddress();
    }

    /** Which cluster it is of, or how it comes by one, for people. */
    public String beginning() {
        if (ask(broker -> broker.boot().isWaiting())) {
            Electorate electorate = settings.electorate();
            List<Suggestion> others = discovery.suggestions().stream()
                    .filter(other -> !self().equals(other.node()))
                    .toList();
            String forms = electorate.forms() ? "forms a cluster of " + electorate + ", or " : "";
            return forms + "joins one through " + (others.isEmpty() ? "whoever dials this node" : others);
        }
        return "of cluster " + ask(broker -> broker.boot().id());
    }

    /** Whether its cluster state began with others, or will come from them. */
    public boolean isJoining() {
        return home.beginning() != Beginning.FORMED;
    }

    /** Why clients should not be sent here now; empty if they should. */
    public String whyNotReady() {
        if (isClosed || running == null) {
            return "the node is not running";
        }
        return ask(broker -> {
            if (broker.boot().isWaiting()) {
                return broker.boot().progress().text();
            }
            if (!broker.isReady()) {
                return "the node's disk has not answered yet";
            }
            if (broker.group().leader() == null) {
                List<NodeId> voters = broker.group().configuration().voters();
                return voters.isEmpty()
                        ? "no leader is known, nor who the voters are: a leader that is up will tell"
                        : "no leader is known: a majority of the voters " + voters + " must be up";
            }
            return broker.keeper().isSettled() ? "" : "the node has no place in the cluster's configuration yet";
        });
    }

    /** The members that this node takes for running, itself included. */
    public List<NodeId> runningNodes() {
        return ask(broker -> broker.status().running());
    }

    /** Rows of the route table, as this node has it. */
    public long routeCount() {
        return ask(broker -> broker.routes().rowCount());
    }

    @Override
    public boolean submit(Runnable task) {
        RunningNode node = running;
        return node != null && node.thread().submit(task);
    }

    @Override
    public boolean isClosed() {
        RunningNode node = running;
        return isClosed || node != null && node.thread().isHalted();
    }

    @Override
    public Object incarnation() {
        return running;
    }

    @Override
    public ClientInputs connect(ConnectRequest request, ClientLink link) {
        return running.inputs().connect(request, link);
    }

    /**
     * Hands over what it leads, sends clients away, tells the other nodes, stops the program in order, frees the ports. Further calls do nothing.
     */
    @Override
    public void close() {
        close(true);
    }

    /** What it leads goes to others first, while clients are served. */
    private void handOver() {
        RunningNode node = running;
        try {
            if (node != null && !node.thread().isHalted()) {
                HandOver.await(this);
            }
        } catch (RuntimeException e) {
            LOG.warn("{} could not hand over before it stops: {}", self(), e.toString());
        }
    }

    /**
     * @param tellsOthers whether they hear that this node stops; else they find out
     */
    void close(boolean tellsOthers) {
        if (isClosed) {
            return;
        }
        housekeeper.shutdownNow();
        chronicler.shutdownNow();
        admin.close();
        if (tellsOthers) {
            handOver();
        }
        mqtt.close();
        isClosed = true;
        discovery.withdraw(self());
        RunningNode node = running;
        if (node != null && tellsOthers && !node.thread().isHalted()) {
            CompletableFuture<Void> said = new CompletableFuture<>();
            node.thread().submit(() -> node.inputs().farewell(() -> said.complete(null)));
            Waiting.maybe(said::isDone, FAREWELL_NANOS_MAX);
        }
        halt();
    }
}
