package io.orrery.server.simulation;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.BrokerNode;
import io.orrery.broker.check.BrokerInvariants;
import io.orrery.gossip.Membership;
import io.orrery.gossip.check.MembershipInvariants;
import io.orrery.gossip.check.OwnerLogInvariants;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.raft.Configuration;
import io.orrery.raft.check.RaftInvariants;
import io.orrery.raft.rules.RaftRules;
import io.orrery.sim.Simulation;
import io.orrery.sim.run.Prey;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole broker: every node a voter of Raft group 0 and a member, with clients that come and go, subscribe, publish,
 * and change the cluster's state.
 *
 * <ul>
 *   <li>C1: after every event, the safety of Raft, of membership, of the owner logs and of the route tables holds.
 *   <li>C2: clients are served as promised: see {@link io.orrery.broker.check.DeliveryHistory}.
 *   <li>C3: acknowledged changes of the cluster's state are in it at the end: see {@link ClusterStateLoad}.
 *   <li>C4: when all is healed, all nodes are alive to each other, have one leader and one state, and their route tables
 *       are the union of what their clients subscribed.
 * </ul>
 */
public final class ClusterWorkload implements Workload {
    /** As scenarios name it. */
    public static final String NAME = "cluster";

    private static final int STATE_PPM = 100_000;

    private final GossipRules gossipRules;
    private final RaftRules raftRules;
    private final RaftInvariants raft = new RaftInvariants();
    private final MembershipInvariants membership = new MembershipInvariants();
    private final OwnerLogInvariants rows = new OwnerLogInvariants();
    private final BrokerInvariants routes = new BrokerInvariants();
    private Simulation sim;
    private KeptDisks keptDisks;
    private RaftShape shape;
    private ClientLoad clients;
    private ClusterStateLoad states;

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
    public void start(Simulation simulation, Scenario scenario) {
        sim = simulation;
        keptDisks = new KeptDisks(sim);
        clients = new ClientLoad(sim);
        states = new ClusterStateLoad(sim);
        BrokerConfig config = BrokerConfig.of("simulated", Configuration.ofVoters(scenario.nodes()))
                .fast()
                .withSeeds(scenario.nodes());
        shape = RaftShape.draw(sim.choices("shape"));
        BrokerConfig tuned = config.with(config.group().with(shape.timing()).with(shape.limits()))
                .with(shape.wal());
        sim.addChecker(this::check);
        for (NodeId node : scenario.nodes()) {
            sim.addNode(node.name(), kernel -> boot(kernel, tuned));
        }
    }

    private BrokerNode boot(Kernel kernel, BrokerConfig config) {
        if (keptDisks.maybeKept(kernel.self())) {
            membership.onDiskKept(kernel.self());
        }
        return new BrokerNode(kernel, config, AddressBook.BY_NAME, gossipRules, raftRules);
    }

    private void check(Simulation world, NodeId id) {
        // The event may have been the node's last: its disk failed it.
        if (!world.isUp(id)) {
            return;
        }
        BrokerNode node = world.protocol(id, BrokerNode.class);
        clients.noteLife(id, node);
        raft.observe(id, node.group());
        membership.observe(node.membership());
        rows.observe(node.membership(), node.ownerLog(), world.nowNanos());
        routes.afterEvent(node, world.nowNanos());
        clients.history().check();
    }

    @Override
    public void operate(long number, Prng luck) {
        clients.noteStops();
        if (luck.chance(STATE_PPM)) {
            states.operate(number, luck);
        } else {
            clients.operate(number, luck);
        }
    }

    @Override
    public Prey prey() {
        return new RaftPrey(
                id -> sim.protocol(id, BrokerNode.class).group(), shape.timing().electionNanos());
    }

    @Override
    public void calm() {
        clients.noteStops();
    }

    @Override
    public boolean converged() {
        return divergence() == null;
    }

    @Override
    public String stall() {
        String divergence = divergence();
        return divergence == null ? "nothing" : divergence;
    }

    /** What has not come right yet; null if all has. */
    private String divergence() {
        List<BrokerNode> nodes = new ArrayList<>();
        List<Membership> views = new ArrayList<>();
        List<OwnerLog> logs = new ArrayList<>();
        for (NodeId id : sim.survivors()) {
            if (!sim.isUp(id)) {
                return id + " is down";
            }
            BrokerNode node = sim.protocol(id, BrokerNode.class);
            nodes.add(node);
            views.add(node.membership());
            logs.add(node.ownerLog());
        }
        String members = MembershipInvariants.divergence(views);
        if (members != null) {
            return members;
        }
        String groups = ClusterStateLoad.divergence(nodes);
        if (groups != null) {
            return groups;
        }
        String owned = OwnerLogInvariants.divergence(logs);
        if (owned != null) {
            return owned;
        }
        String table = BrokerInvariants.divergence(nodes);
        if (table != null) {
            return table;
        }
        return clients.history().inFlight() > 0
                ? clients.history().inFlight() + " QoS 1 publishes wait for their acknowledgement"
                : null;
    }

    @Override
    public void finish() {
        clients.history().check();
        states.finish();
    }
}
