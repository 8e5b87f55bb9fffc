package io.orrery.server.simulation;

import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.check.DigestBook;
import io.orrery.raft.check.RaftInvariants;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.rules.RaftRules;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.coverage.Abstraction;
import io.orrery.sim.run.Core;
import io.orrery.sim.run.Prey;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * One Raft group and nothing else: every node a voter of a key-value store, whose clients ask wherever a leader is.
 *
 * <ul>
 *   <li>W1: Raft's safety properties hold after every event, and replicas that applied equally far are in one state.
 *   <li>W2: what clients asked and were told is linearizable, and more: see {@link KeyValueLoad}.
 *   <li>W3: when all is healed, a leader arises, all nodes become voters again, and all replicas come to the same history.
 *   <li>W4: then, without their leader, the others elect another in bounded time: see {@link ElectionDrill}.
 * </ul>
 */
public final class RaftWorkload implements Workload {
    /** As scenarios name it. */
    public static final String NAME = "raft";

    /** Of the operations, how many change members or leaders; half of the runs have none. */
    private static final int[] CHURN_PPM = {0, 0, 10_000, 60_000};

    private final RaftRules rules;
    private final RaftInvariants invariants = new RaftInvariants();
    private KeptDisks disks;
    private final DigestBook digests = new DigestBook();
    private Simulation sim;
    private KeyValueLoad clients;
    private RaftShape shape;
    private RaftChurn churn;
    private RaftCore core;
    private ElectionDrill drill;
    private int churnPpm;

    public RaftWorkload() {
        this(RaftRules.PAPER);
    }

    /** With other rules than the paper's: for tests that see a broken one found. */
    public RaftWorkload(RaftRules rules) {
        this.rules = rules;
    }

    /** A replica, and what it applies commands to. */
    private static final class Node implements Protocol {
        private final KeyValueMachine machine = new KeyValueMachine();
        private final Wal wal;
        private final RaftGroup group;
        private long noted;

        Node(Kernel kernel, RaftConfig config, WalConfig walConfig, RaftRules rules) {
            wal = new Wal(kernel.scope("wal"), walConfig);
            group = new RaftGroup(kernel.scope("raft"), config, wal, machine, rules);
        }

        @Override
        public void start() {
            wal.start();
            group.start();
        }

        @Override
        public void checkInvariants() {
            group.checkInvariants();
        }

        @Override
        public void describe(Description out) {
            out.begin("raft");
            group.describe(out);
            out.end();
        }
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
    public void start(Simulation simulation, Scenario scenario) {
        sim = simulation;
        clients = new KeyValueLoad(sim, this::propose);
        disks = new KeptDisks(sim);
        shape = RaftShape.draw(sim.choices("shape"));
        core = new RaftCore(sim, this::group, clients, shape.timing().electionNanos());
        drill = new ElectionDrill(sim, this::group, shape.timing().electionNanos());
        churn = new RaftChurn(sim, scenario, this::group);
        churnPpm = CHURN_PPM[sim.choices("churn").below(CHURN_PPM.length)];
        RaftConfig config = RaftConfig.of(0, Configuration.ofVoters(scenario.nodes()))
                .with(shape.timing())
                .with(shape.limits());
        sim.addChecker((world, node) -> {
            // The event may have been the node's last: its disk failed it.
            if (world.isUp(node)) {
                observe(node, sim.protocol(node, Node.class));
            }
        });
        for (NodeId node : scenario.nodes()) {
            sim.addNode(node.name(), kernel -> boot(kernel, config));
        }
    }

    private Node boot(Kernel kernel, RaftConfig config) {
        if (disks.maybeKept(kernel.self())) {
            invariants.onDiskKept(kernel.self());
        }
        return new Node(kernel, config, shape.wal(sim.releases().formatsMax(kernel.self())), rules);
    }

    private void observe(NodeId id, Node node) {
        invariants.observe(id, node.group);
        if (node.group.appliedIndex() != node.noted) {
            node.noted = node.group.appliedIndex();
            digests.note(id, node.noted, node.machine.digest());
        }
    }

    @Override
    public void operate(long number, Prng luck) {
        if (luck.chance(churnPpm)) {
            churn.operate(luck);
            return;
        }
        NodeId target = target(luck);
        if (target != null) {
            clients.operate(number, luck, target);
        }
    }

    private void propose(NodeId target, Bytes command, Proposal.Callback done) {
        sim.onNode(target, () -> {
            if (sim.isUp(target)) {
                group(target).propose(command, done);
            }
        });
    }

    /** Any node now and then, else whoever believes to lead. */
    private NodeId target(Prng luck) {
        List<NodeId> up = new ArrayList<>();
        NodeId leader = null;
        for (NodeId node : sim.nodes()) {
            if (sim.isUp(node)) {
                up.add(node);
                leader = group(node).isLeader() ? node : leader;
            }
        }
        if (up.isEmpty()) {
            return null;
        }
        return leader == null || luck.chance(50_000) ? up.get(luck.below(up.size())) : leader;
    }

    @Override
    public Prey prey() {
        return new RaftPrey(this::group, shape.timing().electionNanos());
    }

    @Override
    public Abstraction abstraction() {
        return new RaftSketch(id -> {
            Node node = sim.protocol(id, Node.class);
            return node == null ? null : node.group;
        });
    }

    @Override
    public void calm() {
        churn.end();
    }

    @Override
    public Core core() {
        return core;
    }

    @Override
    public void whole() {
        churn.restore();
    }

    @Override
    public boolean converged() {
        return stall() == null;
    }

    @Override
    public Stall stall() {
        if (drill.isUnderWay()) {
            Stall stall = drill.stall();
            return stall != null ? stall : disunity();
        }
        Stall stall = disunity();
        if (stall != null || drill.isOver()) {
            return stall;
        }
        drill.begin(churn.leader());
        return drill.stall();
    }

    /** What keeps all nodes from voting and being in one state; null if nothing does. */
    private Stall disunity() {
        Stall stall = core.lag(sim.survivors());
        if (stall != null) {
            return stall;
        }
        Configuration configuration = group(churn.leader()).configuration();
        for (NodeId node : sim.survivors()) {
            if (!configuration.isVoter(node)) {
                return Stall.of(node, "waits to vote again, in " + configuration);
            }
        }
        return null;
    }

    @Override
    public void finish() {
        List<KeyValueMachine> replicas = new ArrayList<>();
        for (NodeId node : sim.survivors()) {
            replicas.add(sim.protocol(node, Node.class).machine);
        }
        clients.finish(replicas);
    }

    private RaftGroup group(NodeId node) {
        return sim.protocol(node, Node.class).group;
    }
}
