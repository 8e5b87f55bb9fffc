package io.orrery.server.simulation;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.raft.Configuration;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.check.DigestBook;
import io.orrery.raft.check.RaftInvariants;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.message.RaftCodec;
import io.orrery.raft.read.ReadKind;
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
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One Raft group and nothing else: every node a voter of a key-value store, whose clients ask wherever a leader is.
 *
 * <ul>
 *   <li>W1: Raft's safety properties hold after every event, and replicas that applied equally far are in one state.
 *   <li>W2: what clients asked and were told is linearizable, and more: see {@link KeyValueLoad}. That a command of a session,
 *       however often proposed, is applied once is part of it.
 *   <li>W3: when all is healed, a leader arises, all nodes become voters again, all replicas come to the same history, and
 *       each answers a read of each kind.
 *   <li>W4: a read beside the log finds all that any replica knew to be committed when it was asked for.
 *   <li>L1: while a lease holds, nobody else is elected: see {@link LeaseExclusion}. L2, L3: nor does anybody vote who owes
 *       it: see {@link LeaseDebt}.
 *   <li>W5: then, without their leader, the others elect another in bounded time: see {@link ElectionDrill}; before that are a
 *       {@link LeaseDrill} and an {@link AmnesiaDrill}.
 * </ul>
 */
public final class RaftWorkload implements Workload, RaftReplicas {
    /** As scenarios name it. */
    public static final String NAME = "raft";

    /** Of the operations, how many change members or leaders; half of the runs have none. */
    private static final int[] CHURN_PPM = {0, 0, 10_000, 60_000};

    private static final int PRIORITIES_PPM = 300_000;

    /** Of the other operations, how many are reads beside the log. */
    private static final int READ_PPM = 250_000;

    /** Of the rest, how many go through a session of the node that is asked. */
    private static final int SESSION_PPM = 120_000;

    /** Of these, with how many an earlier proposal of the session comes once more, late. */
    private static final int REPEAT_PPM = 250_000;

    /** In how many runs a voter forgets at the end: see {@link AmnesiaDrill}. */
    private static final int AMNESIA_PPM = 300_000;

    private final RaftRules rules;
    private final RaftInvariants invariants = new RaftInvariants();
    private final Beginnings beginnings = new Beginnings();
    private KeptDisks disks;
    private final DigestBook digests = new DigestBook();
    private Simulation sim;
    private KeyValueLoad clients;
    private RaftShape shape;
    private ReadShape readShape;
    private SessionShape sessionShape;
    private RaftChurn churn;
    private RaftCore core;
    private final TreeMap<NodeId, Integer> priorities = new TreeMap<>();
    private RaftReads reads;
    private LeaseExclusion leases;
    private LeaseDebt debt;
    private List<Drill> drills;
    private RaftClocks clocks;
    private int churnPpm;
    private String staleRead;

    public RaftWorkload() {
        this(RaftRules.PAPER);
    }

    /** With other rules than the paper's: for tests that see a broken one found. */
    public RaftWorkload(RaftRules rules) {
        this.rules = rules;
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
        clients = new KeyValueLoad(sim, this::propose, this::submit, this::read);
        disks = new KeptDisks(sim);
        shape = RaftShape.draw(sim.choices("shape"));
        readShape = ReadShape.draw(sim.choices("reads"), shape.timing().electionNanos());
        sessionShape = SessionShape.draw(sim.choices("sessions"));
        core = new RaftCore(sim, this::group, clients, shape.timing().electionNanos());
        drills = drills(shape.timing().electionNanos());
        reads = new RaftReads(sim, this::group, clients);
        leases = new LeaseExclusion(sim, this::group);
        if (readShape.config().leases()) {
            debt = new LeaseDebt(
                    sim::nowNanos, readShape.config(), shape.timing().electionNanos());
            sim.observe(debt);
        }
        clocks = new RaftClocks(sim, this::group, readShape.driftPpm());
        churn = new RaftChurn(sim, scenario, this::group);
        churnPpm = CHURN_PPM[sim.choices("churn").below(CHURN_PPM.length)];
        RaftConfig config = RaftConfig.of(0, Configuration.ofVoters(scenario.nodes()))
                .with(shape.timing())
                .with(shape.limits())
                .with(shape.snapshots(scenario))
                .with(readShape.config());
        drawPriorities(scenario.nodes());
        sim.addChecker((world, node) -> {
            // The event may have been the node's last: its disk failed it.
            if (world.isUp(node)) {
                observe(node, sim.protocol(node, KeyValueReplica.class));
                if (staleRead != null) {
                    throw new Check.Violation("W4: a stale read by " + staleRead);
                }
                leases.onEvent(node);
                if (debt != null) {
                    debt.onEvent();
                }
                reads.onEvent(node);
            }
        });
        for (NodeId node : scenario.nodes()) {
            sim.addNode(node.name(), kernel -> boot(kernel, config));
        }
    }

    /** In some runs some nodes would rather not lead. */
    private void drawPriorities(List<NodeId> nodes) {
        ChoiceStream luck = sim.choices("priorities");
        boolean differ = luck.chance(PRIORITIES_PPM);
        for (NodeId node : nodes) {
            int drawn = luck.below(RaftConfig.PRIORITY_MAX + 1);
            priorities.put(node, differ ? drawn : RaftConfig.PRIORITY_MAX);
        }
    }

    private KeyValueReplica boot(Kernel kernel, RaftConfig shared) {
        RaftConfig config =
                shared.withPriority(priorities.get(kernel.self())).withFirstBoot(beginnings.isFirst(kernel.self(), 0));
        if (disks.maybeKept(kernel.self())) {
            invariants.onDiskKept(kernel.self());
        } else {
            invariants.onDiskHarmed(kernel.self());
        }
        WalConfig wal = shape.wal(sim.releases().formatsMax(kernel.self()));
        return new KeyValueReplica(kernel, config, wal, sessionShape, rules);
    }

    private void observe(NodeId id, KeyValueReplica node) {
        if (disks.isHarmedSinceBoot(id)) {
            invariants.onDiskHarmed(id);
        }
        beginnings.onSeen(id, 0, node.group);
        invariants.observe(id, node.group);
        if (node.group.appliedIndex() != node.noted) {
            node.noted = node.group.appliedIndex();
            digests.note(id, node.noted, node.digest());
        }
    }

    @Override
    public void operate(long number, Prng luck) {
        clocks.maybeChange(luck);
        if (luck.chance(churnPpm)) {
            churn.operate(luck);
            return;
        }
        if (luck.chance(READ_PPM)) {
            reads.operate(number, luck);
            return;
        }
        boolean inSession = luck.chance(SESSION_PPM);
        NodeId target = inSession ? anyUp(luck) : target(luck);
        if (target != null && inSession) {
            if (luck.fork("repeat").chance(REPEAT_PPM)) {
                sim.onNode(target, () -> node(target).repeatProposal());
            }
            clients.operateInSession(number, luck, target);
        } else if (target != null) {
            clients.operate(number, luck, target);
        }
    }

    private NodeId anyUp(Prng luck) {
        List<NodeId> up = new ArrayList<>(sim.nodes());
        up.removeIf(node -> !sim.isUp(node));
        return up.isEmpty() ? null : up.get(luck.below(up.size()));
    }

    private void propose(NodeId target, Bytes command, Proposal.Callback done) {
        if (sim.isUp(target)) {
            sim.onNode(target, () -> node(target).propose(command, done));
        }
    }

    private void submit(NodeId target, Bytes command, Proposal.Callback done) {
        if (sim.isUp(target)) {
            sim.onNode(target, () -> node(target).submit(command, done));
        }
    }

    /** A node that is down, or goes down before it answers, never does. */
    private void read(NodeId target, ReadKind kind, String key, KeyValueLoad.Found done) {
        if (sim.isUp(target)) {
            long committed = invariants.committedIndex();
            sim.onNode(
                    target,
                    () -> node(target).read(kind, key, (outcome, found) -> {
                        boolean isStale = outcome.isRead() && group(target).appliedIndex() < committed;
                        staleRead =
                                isStale ? kind + " on " + target + " of what was committed at " + committed : staleRead;
                        done.onFound(outcome, found);
                    }));
        }
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
        return new RaftSketch(this::replica);
    }

    @Override
    public RaftGroup replica(NodeId id) {
        KeyValueReplica node = sim.protocol(id, KeyValueReplica.class);
        return node == null ? null : node.group;
    }

    @Override
    public Configuration founders() {
        return Configuration.ofVoters(sim.nodes());
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
        for (Drill drill : drills) {
            Stall underWay = drill.isUnderWay() ? drill.stall() : null;
            if (underWay != null) {
                return underWay;
            }
        }
        Stall stall = disunity();
        if (stall != null) {
            return stall;
        }
        for (Drill drill : drills) {
            if (!drill.isOver()) {
                drill.begin(churn.leader());
            }
            if (drill.isUnderWay()) {
                return drill.stall();
            }
        }
        return null;
    }

    private List<Drill> drills(long electionNanos) {
        boolean forgets = sim.choices("drills").chance(AMNESIA_PPM);
        return List.of(
                new LeaseDrill(sim, electionNanos, !readShape.config().leases()),
                new AmnesiaDrill(
                        sim,
                        this::group,
                        node -> node(node).logCounters(),
                        electionNanos,
                        () -> forgets && allAnswerRecalls()),
                new ElectionDrill(sim, this::group, electionNanos));
    }

    /** What keeps all nodes from voting and being in one state; null if nothing does. */
    private Stall disunity() {
        Stall stall = core.lag(sim.survivors());
        if (stall != null) {
            return stall;
        }
        Configuration configuration = group(churn.leader()).configuration();
        for (NodeId node : sim.survivors()) {
            if (configuration.isJoint() || !configuration.isVoter(node)) {
                return Stall.of(node, "waits to vote again, in " + configuration);
            }
            if (group(node).view().hasForgotten() && allAnswerRecalls()) {
                return Stall.of(node, "waits to learn what it may have forgotten");
            }
        }
        return reads.stall(sim.survivors());
    }

    /** Nodes of earlier releases do not know what they are asked: until they are upgraded, who forgot does not vote. */
    private boolean allAnswerRecalls() {
        return sim.nodes().stream().allMatch(node -> sim.releases().formatsMax(node) >= RaftCodec.INSTANCE.version());
    }

    @Override
    public void finish() {
        List<KeyValueMachine> replicas = new ArrayList<>();
        for (NodeId node : sim.survivors()) {
            replicas.add(sim.protocol(node, KeyValueReplica.class).machine);
        }
        clients.finish(replicas);
    }

    private RaftGroup group(NodeId node) {
        return node(node).group;
    }

    private KeyValueReplica node(NodeId id) {
        return sim.protocol(id, KeyValueReplica.class);
    }
}
