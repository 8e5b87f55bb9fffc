package io.orrery.server.simulation;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.BrokerNode;
import io.orrery.broker.forward.ForwardConfig;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.rules.RaftRules;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.coverage.Abstraction;
import io.orrery.sim.network.StandInCipherer;
import io.orrery.sim.run.Core;
import io.orrery.sim.run.Prey;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import java.util.List;

/**
 * The whole broker: every node a voter of Raft group 0 and a member, with clients that come and go, subscribe, publish,
 * and change the cluster's state; in half of the runs nodes leave and are forgotten meanwhile, and come back. In some runs they
 * find together by first boot, and in some the minority restarts after a split.
 *
 * <ul>
 *   <li>C1: after every event, the safety of Raft, of membership, of the owner logs and of the route tables holds.
 *   <li>C2: clients are served as promised: see {@link io.orrery.broker.check.DeliveryHistory}.
 *   <li>C3: acknowledged changes of the cluster's state are in it at the end: see {@link ClusterStateLoad}.
 *   <li>C4: when all is healed, all nodes are alive to each other, vote, have one leader and one state, and their route tables
 *       are the union of what their clients subscribed.
 *   <li>C5: nodes that find together are one cluster: see {@link ClusterBeginning}; only who was apart restarts: see
 *       {@link ClusterHealing}.
 * </ul>
 */
public final class ClusterWorkload implements Workload {
    /** As scenarios name it. */
    public static final String NAME = "cluster";

    private static final int STATE_PPM = 100_000;
    private static final int NARROW_LINKS_PPM = 300_000;
    private static final int LINK_QUEUED_MAX = 8;

    private final GossipRules gossipRules;
    private final RaftRules raftRules;
    private Simulation sim;
    private RaftShape shape;
    private ClusterOracles oracles;
    private ClientLoad clients;
    private ClusterStateLoad states;
    private ClusterCore core;
    private ClusterChurn churn;
    private ClusterBeginning beginning;
    private ClusterHealing healing;

    public ClusterWorkload() {
        this(GossipRules.STANDARD, RaftRules.PAPER);
    }

    /** With other rules than the standard ones: for tests that see a broken one found. */
    public ClusterWorkload(GossipRules gossipRules, RaftRules raftRules) {
        this.gossipRules = gossipRules;
        this.raftRules = raftRules;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int nodesMax() {
        return Configuration.MEMBERS_MAX;
    }

    @Override
    public Cipherer ciphers() {
        return new StandInCipherer();
    }

    @Override
    public void start(Simulation simulation, Scenario scenario) {
        sim = simulation;
        clients = new ClientLoad(sim);
        states = new ClusterStateLoad(sim);
        churn = new ClusterChurn(sim, scenario);
        BrokerConfig config = BrokerConfig.of("simulated", Configuration.ofVoters(scenario.nodes()))
                .fast()
                .withSeeds(scenario.nodes());
        shape = RaftShape.draw(sim.choices("shape"));
        beginning = new ClusterBeginning(sim, scenario);
        healing = new ClusterHealing(sim);
        core = new ClusterCore(sim, states, shape.timing().electionNanos(), beginning, healing);
        BrokerConfig tuned = config.with(
                        config.group().with(shape.timing()).with(shape.limits()).with(shape.snapshots(scenario)))
                .with(drawLinks(sim.choices("links")), config.session());
        BrokerConfig drawn = healing.config(beginning.config(tuned));
        oracles = new ClusterOracles(sim, tuned.gossip(), scenario.nodes().size());
        sim.addChecker(this::check);
        for (NodeId node : scenario.nodes()) {
            sim.addNode(node.name(), kernel -> boot(kernel, drawn));
        }
        beginning.start();
    }

    /** Now and then links are narrow: what happens only at their limits happens here. */
    private static ForwardConfig drawLinks(ChoiceStream luck) {
        ForwardConfig usual = ForwardConfig.DEFAULT;
        return luck.chance(NARROW_LINKS_PPM)
                ? new ForwardConfig(
                        LINK_QUEUED_MAX / 2,
                        LINK_QUEUED_MAX,
                        usual.queuedBytesMax(),
                        usual.resendNanos(),
                        usual.resendNanosMax(),
                        usual.retryNanos())
                : usual;
    }

    private BrokerNode boot(Kernel kernel, BrokerConfig config) {
        oracles.onBoot(kernel.self());
        int formatsMax = sim.releases().formatsMax(kernel.self());
        BrokerConfig own = config.with(shape.wal(formatsMax))
                .with(GossipShape.ofRelease(config.gossip(), formatsMax), config.ownerLog());
        BrokerNode node = new BrokerNode(kernel, own, AddressBook.BY_NAME, gossipRules, raftRules);
        healing.onBoot(kernel.self(), node);
        return node;
    }

    private void check(Simulation world, NodeId id) {
        BrokerNode node = world.protocol(id, BrokerNode.class);
        clients.noteLife(id, node);
        oracles.afterEvent(id, node);
        beginning.afterEvent(id, node);
        healing.afterEvent(node);
        clients.history().check();
    }

    @Override
    public void operate(long number, Prng luck) {
        clients.noteStops();
        if (churn.maybeOperate(luck)) {
            return;
        }
        if (luck.chance(STATE_PPM)) {
            states.operate(number, luck);
        } else {
            clients.operate(number, luck);
        }
    }

    @Override
    public Prey prey() {
        return new RaftPrey(this::group, shape.timing().electionNanos());
    }

    @Override
    public Abstraction abstraction() {
        return new ClusterSketch(id -> sim.protocol(id, BrokerNode.class));
    }

    @Override
    public void calm() {
        clients.noteStops();
        beginning.calm();
        churn.end();
    }

    @Override
    public void whole() {
        churn.end();
    }

    @Override
    public boolean converged() {
        return stall() == null;
    }

    @Override
    public Stall stall() {
        // A node may be halted by its disk after the last operation: who published there is answered by nobody.
        clients.noteStops();
        for (NodeId id : sim.survivors()) {
            if (!sim.isUp(id)) {
                return Stall.of(id, "is down");
            }
            if (beginning.isWaiting(id)) {
                return Stall.of(id, beginning.wait(id));
            }
        }
        List<NodeId> missing = churn.missing(sim.survivors());
        if (!missing.isEmpty()) {
            return Stall.of(missing, "wait for their votes in the group", core.waits(sim.survivors()));
        }
        Stall divergence = core.divergence(sim.survivors());
        int inFlight = clients.history().inFlight();
        return divergence != null || inFlight == 0
                ? divergence
                : Stall.of("clients", "wait for acknowledgements of " + inFlight + " QoS 1 publishes");
    }

    @Override
    public Core core() {
        return core;
    }

    private RaftGroup group(NodeId id) {
        return sim.protocol(id, BrokerNode.class).group();
    }

    @Override
    public void finish() {
        clients.history().check();
        states.finish();
    }
}
