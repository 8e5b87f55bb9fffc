package io.orrery.server.simulation;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.Configuration;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.check.DigestBook;
import io.orrery.raft.check.RaftInvariants;
import io.orrery.raft.message.RaftCodec;
import io.orrery.raft.read.ReadKind;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.network.StandInCipherer;
import io.orrery.sim.run.Core;
import io.orrery.sim.run.Prey;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * Several Raft groups on each node, on one write-ahead log and with one heartbeat. The first is busy; clients of the others ask
 * now and then, so that these fall silent and are woken.
 *
 * <ul>
 *   <li>G1: each group by itself is as safe as {@link RaftWorkload} demands of one: Raft's properties after every event, one
 *       state at one index, linearizable histories.
 *   <li>G2: what becomes of a silent group when its leader's node dies, restarts, is cut off or is deposed: when all is
 *       healed, or a core of the nodes, every group comes to have a leader and one history, and takes a write.
 *   <li>G3: a silent follower of a silent leader has all that the leader has.
 * </ul>
 */
public final class GroupsWorkload implements Workload {
    /** As scenarios name it. */
    public static final String NAME = "groups";

    /** Some situations are rare: all groups, or the silence of one of them, are in the way of the faults. */
    static final Mark SILENT_GROUP_WRITTEN = new Mark("workload.silent-group-written");

    private static final int GROUPS_MIN = 2;
    private static final int GROUPS_MAX = 5;
    private static final int BUSY_PPM = 800_000;
    private static final int READ_PPM = 200_000;
    private static final int LOST_PPM = 50_000;
    private static final int MOVE_PPM = 20_000;

    /** For so long the quiet groups are asked, and then for so long they are not. */
    private static final long SPELL_NANOS = Time.millis(700);

    private static final int SLEEPLESS_PPM = 100_000;

    private final List<RaftInvariants> invariants = new ArrayList<>();
    private final List<DigestBook> digests = new ArrayList<>();
    private final List<KeyValueLoad> clients = new ArrayList<>();
    private final List<RaftConfig> configs = new ArrayList<>();
    private Simulation sim;
    private final Beginnings beginnings = new Beginnings();
    private KeptDisks disks;
    private RaftShape shape;
    private GroupsCore core;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cipherer ciphers() {
        return new StandInCipherer();
    }

    @Override
    public void start(Simulation simulation, Scenario scenario) {
        sim = simulation;
        disks = new KeptDisks(sim);
        shape = RaftShape.draw(sim.choices("shape"));
        ReadShape readShape =
                ReadShape.draw(sim.choices("reads"), shape.timing().electionNanos());
        ChoiceStream luck = sim.choices("groups");
        int count = GROUPS_MIN + luck.below(GROUPS_MAX - GROUPS_MIN + 1);
        boolean sleeps = !luck.chance(SLEEPLESS_PPM);
        List<RaftCore> cores = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            invariants.add(new RaftInvariants());
            digests.add(new DigestBook());
            KeyValueLoad.Store store = (target, command, done) -> propose(number, target, command, done);
            KeyValueLoad load = new KeyValueLoad(
                    sim, store, store, (target, kind, key, done) -> read(number, target, kind, key, done));
            clients.add(load);
            cores.add(new RaftCore(
                    sim, node -> group(node, number), load, shape.timing().electionNanos()));
            configs.add(RaftConfig.of(i, Configuration.ofVoters(scenario.nodes()))
                    .with(shape.timing())
                    .with(shape.limits())
                    .with(shape.snapshots(scenario))
                    .with(readShape.config())
                    .withSleep(sleeps));
        }
        core = new GroupsCore(cores);
        sim.addChecker((world, node) -> {
            if (world.isUp(node)) {
                observe(node, node(node));
            }
        });
        ChoiceStream drifts = sim.choices("drifts");
        for (NodeId node : scenario.nodes()) {
            sim.addNode(node.name(), this::boot);
            sim.machine(node).drift(drifts.chance(500_000) ? readShape.driftPpm() : -readShape.driftPpm());
        }
    }

    private GroupsReplica boot(Kernel kernel) {
        boolean isKept = disks.maybeKept(kernel.self());
        for (RaftInvariants each : invariants) {
            if (isKept) {
                each.onDiskKept(kernel.self());
            } else {
                each.onDiskHarmed(kernel.self());
            }
        }
        int formatsMax = sim.releases().formatsMax(kernel.self());
        boolean isEarlier = formatsMax < RaftCodec.INSTANCE.version();
        List<RaftConfig> own = new ArrayList<>();
        for (RaftConfig config : configs) {
            own.add(config.withFirstBoot(beginnings.isFirst(kernel.self(), config.group())));
        }
        return new GroupsReplica(kernel, own, shape.wal(formatsMax), isEarlier);
    }

    private void observe(NodeId id, GroupsReplica node) {
        for (int i = 0; i < configs.size(); i++) {
            RaftGroup group = node.all.get(i);
            if (group.isAsleep() && !group.isLeader()) {
                checkSilence(group, i);
            }
            if (disks.isHarmedSinceBoot(id)) {
                invariants.get(i).onDiskHarmed(id);
            }
            beginnings.onSeen(id, i, group);
            invariants.get(i).observe(id, group);
            if (group.appliedIndex() != node.noted[i]) {
                node.noted[i] = group.appliedIndex();
                digests.get(i).note(id, node.noted[i], node.machines.get(i).digest());
            }
        }
    }

    private void checkSilence(RaftGroup follower, int number) {
        if (follower.leader() == null || !sim.isUp(follower.leader())) {
            return;
        }
        RaftGroup leader = group(follower.leader(), number);
        if (leader.isAsleep() && leader.isLeader() && leader.term() == follower.term()) {
            boolean isEqual = leader.lastIndex() == follower.lastIndex();
            Check.that(isEqual, "G3: who sleeps has what its leader has", leader.lastIndex(), follower.lastIndex());
        }
    }

    @Override
    public void operate(long number, Prng luck) {
        boolean isSpell = sim.nowNanos() / SPELL_NANOS % 2 == 0;
        int group = luck.chance(BUSY_PPM) || !isSpell ? 0 : 1 + luck.below(configs.size() - 1);
        boolean moves = luck.chance(MOVE_PPM);
        NodeId target = target(group, luck);
        if (target == null) {
            return;
        }
        if (group(target, group).isAsleep()) {
            sim.reached(SILENT_GROUP_WRITTEN);
        }
        if (moves) {
            NodeId to = sim.nodes().get(luck.below(sim.nodes().size()));
            sim.onNode(target, () -> {
                boolean unused = group(target, group).maybeTransferTo(to);
            });
        } else if (luck.chance(READ_PPM)) {
            ReadKind[] kinds = ReadKind.values();
            clients.get(group).read(number, luck, target, kinds[luck.below(kinds.length)]);
        } else {
            clients.get(group).operate(number, luck, target);
        }
    }

    /** Any node now and then, else whoever believes to lead; null if none is up. */
    private NodeId target(int group, Prng luck) {
        List<NodeId> up = new ArrayList<>(sim.nodes());
        up.removeIf(node -> !sim.isUp(node));
        if (up.isEmpty()) {
            return null;
        }
        NodeId any = up.get(luck.below(up.size()));
        if (luck.chance(LOST_PPM)) {
            return any;
        }
        for (NodeId node : up) {
            if (group(node, group).isLeader()) {
                return node;
            }
        }
        return any;
    }

    private void propose(int group, NodeId target, Bytes command, Proposal.Callback done) {
        if (sim.isUp(target)) {
            sim.onNode(target, () -> group(target, group).propose(command, done));
        }
    }

    /** A node that is down, or goes down before it answers, never does. */
    private void read(int group, NodeId target, ReadKind kind, String key, KeyValueLoad.Found done) {
        if (sim.isUp(target)) {
            sim.onNode(
                    target,
                    () -> group(target, group)
                            .read(
                                    kind,
                                    outcome -> done.onFound(
                                            outcome,
                                            outcome.isRead()
                                                    ? node(target)
                                                            .machines
                                                            .get(group)
                                                            .value(key)
                                                    : null)));
        }
    }

    /** Of the last group, which sleeps most. */
    @Override
    public Prey prey() {
        int last = configs.size() - 1;
        return new RaftPrey(node -> group(node, last), shape.timing().electionNanos());
    }

    @Override
    public void calm() {}

    @Override
    public Core core() {
        return core;
    }

    @Override
    public boolean converged() {
        return stall() == null;
    }

    @Override
    public Stall stall() {
        return core.lag(sim.survivors());
    }

    @Override
    public void finish() {
        for (int i = 0; i < configs.size(); i++) {
            List<KeyValueMachine> replicas = new ArrayList<>();
            for (NodeId node : sim.survivors()) {
                replicas.add(node(node).machines.get(i));
            }
            clients.get(i).finish(replicas);
        }
    }

    private RaftGroup group(NodeId node, int number) {
        return node(node).all.get(number);
    }

    private GroupsReplica node(NodeId id) {
        return sim.protocol(id, GroupsReplica.class);
    }
}
