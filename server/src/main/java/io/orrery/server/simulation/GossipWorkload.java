package io.orrery.server.simulation;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.check.MembershipInvariants;
import io.orrery.gossip.check.OwnerLogInvariants;
import io.orrery.gossip.owner.OwnerLogCounters;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.sim.Health;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.coverage.Abstraction;
import io.orrery.sim.network.StandInCipherer;
import io.orrery.sim.run.Core;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Membership and owner logs alone: nodes that write rows, leave and come back, stop, and return under their old names on
 * empty disks with clocks that are off.
 *
 * <ul>
 *   <li>G1: after every event, the safety of membership and of the owner logs holds; nobody well declares one dead that is.
 *   <li>G2: what an owner log tells its listener adds up to what it holds; an owner's rows are what it was asked to write.
 *   <li>G3: when all is healed, all see all alive, and hold each other's rows; and for {@link #STAY_NANOS} after that nobody
 *       is declared dead and no audit finds a difference.
 *   <li>G4: when all is healed and members agree, rows are equal within two rounds of digests ({@link RowsInTime}).
 * </ul>
 */
public final class GossipWorkload implements Workload {
    /** As scenarios name it. */
    public static final String NAME = "gossip";

    private static final long STAY_NANOS = Time.seconds(2);
    private static final long AWAY_NANOS_MAX = Time.seconds(4);
    private static final int ADD_PPM = 600_000;
    private static final int LIFE_PPM = 12_000;
    private static final int ROWS_MAX = 400;
    /** Of machines that are replaced, how many leave as soon as they learn of a life that they forgot. */
    private static final int AMBUSH_PPM = 300_000;

    private final GossipRules rules;
    private final OwnerLogInvariants rowRules = new OwnerLogInvariants();
    private final TreeMap<NodeId, Integer> disksLost = new TreeMap<>();
    private final TreeMap<NodeId, Integer> disksLostAtBoot = new TreeMap<>();
    private final TreeMap<NodeId, Long> rowsSeen = new TreeMap<>();
    /** Nodes that are to leave as soon as they raise their generation, and for how long: the worst moment for it. */
    private final TreeMap<NodeId, Long> ambushes = new TreeMap<>();

    private Simulation sim;
    private Health health;
    private MembershipInvariants membershipRules;
    private KeptDisks keptDisks;
    private List<NodeId> seeds;
    private RowsInTime inTime;
    private boolean isCalm;
    private long convergedNanos = -1;
    private long deathsAtConvergence;

    public GossipWorkload() {
        this(GossipRules.STANDARD);
    }

    /** With other rules than the standard ones: for tests that see a broken one found. */
    public GossipWorkload(GossipRules rules) {
        this.rules = rules;
    }

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
        keptDisks = new KeptDisks(sim);
        GossipShape shape = GossipShape.draw(sim.choices("shape"));
        inTime = new RowsInTime(shape.rows().digestNanos());
        health = new Health(sim);
        membershipRules = ClusterOracles.membership(sim, health, shape.membership(), scenario.nodeCount());
        sim.addChecker(this::check);
        seeds = scenario.nodes().subList(0, Math.min(2, scenario.nodeCount()));
        for (NodeId node : scenario.nodes()) {
            sim.addNode(node.name(), kernel -> boot(kernel, shape));
        }
        LateNetwork.maybe(sim, scenario.nodes());
    }

    private GossipPeer boot(Kernel kernel, GossipShape shape) {
        int lost = disksLost.getOrDefault(kernel.self(), 0);
        Integer lostBefore = disksLostAtBoot.put(kernel.self(), lost);
        if (keptDisks.maybeKept(kernel.self()) && lostBefore == lost) {
            membershipRules.onDiskKept(kernel.self());
        }
        Kernel disk = kernel.scope("disk" + lost);
        GossipConfig config =
                GossipShape.ofRelease(shape.membership(), sim.releases().formatsMax(kernel.self()));
        return new GossipPeer(disk, config, shape.rows(), seeds, rules);
    }

    private void check(Simulation world, NodeId id) {
        // The event may have been the node's last: its disk failed it.
        if (!world.isUp(id)) {
            return;
        }
        GossipPeer peer = peer(id);
        health.look();
        membershipRules.observe(peer.membership());
        rowRules.observe(peer.membership(), peer.log(), world.nowNanos());
        maybeAmbush(id, peer);
        Long seen = rowsSeen.put(id, peer.log().changes());
        if (seen == null || seen != peer.log().changes()) {
            NodeId wrong = peer.wrongOwner();
            if (wrong != null) {
                throw new Check.Violation("G2: " + id + " tells other rows of " + wrong + " than it holds");
            }
        }
    }

    private GossipPeer peer(NodeId id) {
        return sim.protocol(id, GossipPeer.class);
    }

    @Override
    public void operate(long number, Prng luck) {
        NodeId id = sim.nodes().get(luck.below(sim.nodes().size()));
        if (!sim.isUp(id)) {
            return;
        }
        GossipPeer peer = peer(id);
        if (luck.chance(LIFE_PPM)) {
            changeLife(id, peer, luck);
        } else {
            boolean adds = luck.chance(ADD_PPM);
            int choice = luck.below(ROWS_MAX);
            sim.onNode(id, () -> write(peer, number, adds, choice));
        }
    }

    private static void write(GossipPeer peer, long number, boolean adds, int choice) {
        if (adds && peer.written().size() < ROWS_MAX) {
            peer.add(Bytes.ofUtf8("row/" + number % (2 * ROWS_MAX)));
        } else if (!peer.written().isEmpty()) {
            List<Bytes> rows = new ArrayList<>(peer.written());
            peer.remove(rows.get(choice % rows.size()));
        }
    }

    /** The node leaves and comes back; or stops, having said so or not; or its machine is replaced. */
    private void changeLife(NodeId id, GossipPeer peer, Prng luck) {
        int kind = luck.below(4);
        long awayNanos = 1 + Time.millis(luck.below((int) (AWAY_NANOS_MAX / Time.millis(1))));
        long offNanos = luck.chance(500_000) ? Time.millis(luck.between(-60_000, 60_000)) : 0;
        if (kind == 3 && luck.chance(AMBUSH_PPM)) {
            ambushes.put(id, awayNanos);
            offNanos = -Time.millis(1 + luck.below(60_000));
        }
        switch (kind) {
            case 0 -> leave(id, peer, () -> sim.after(isCalm ? 1 : awayNanos, () -> comeBack(id, peer)));
            case 1 -> leave(id, peer, () -> sim.after(1, () -> stop(id, peer, awayNanos)));
            case 2 -> stop(id, peer, awayNanos);
            default -> {
                disksLost.merge(id, 1, Integer::sum);
                sim.machine(id).stepWall(offNanos);
                stop(id, peer, awayNanos);
            }
        }
    }

    /** It leaves while its higher generation is on the way to its disk. */
    private void maybeAmbush(NodeId id, GossipPeer peer) {
        boolean raises = peer.membership().counters().of(GossipCounters.Counter.GENERATIONS_RAISED) > 0;
        Long awayNanos = raises && !isCalm ? ambushes.remove(id) : null;
        if (awayNanos != null) {
            leave(id, peer, () -> sim.after(isCalm ? 1 : awayNanos, () -> comeBack(id, peer)));
        }
    }

    private void leave(NodeId id, GossipPeer peer, Runnable done) {
        sim.onNode(id, () -> peer.leave(done));
    }

    private boolean isLiving(NodeId id, GossipPeer peer) {
        return sim.isUp(id) && peer(id) == peer;
    }

    private void comeBack(NodeId id, GossipPeer peer) {
        if (isLiving(id, peer)) {
            sim.onNode(id, peer::comeBack);
        }
    }

    private void stop(NodeId id, GossipPeer peer, long awayNanos) {
        if (isLiving(id, peer) && !isCalm) {
            sim.crash(id);
            sim.after(awayNanos, () -> {
                if (!sim.isUp(id) && !isCalm) {
                    sim.restart(id);
                }
            });
        } else {
            comeBack(id, peer);
        }
    }

    @Override
    public Abstraction abstraction() {
        return new GossipSketch(id -> peer(id) == null ? null : peer(id).membership(), id -> peer(id).log());
    }

    @Override
    public void calm() {
        isCalm = true;
        comeBackAll();
    }

    @Override
    public void whole() {
        inTime.begin(sim.network().streamsClearNanos());
        comeBackAll();
    }

    private void comeBackAll() {
        for (NodeId id : sim.nodes()) {
            if (sim.isUp(id)) {
                comeBack(id, peer(id));
            }
        }
    }

    @Override
    public boolean converged() {
        List<NodeId> survivors = sim.survivors();
        Stall members = stallOfMembers(survivors);
        Stall rows = members == null ? stallOfRows(survivors) : null;
        inTime.look(members == null, rows, sim.nowNanos());
        if (members != null || rows != null) {
            convergedNanos = -1;
            return false;
        }
        if (convergedNanos < 0) {
            convergedNanos = sim.nowNanos();
            deathsAtConvergence = deaths();
        }
        Check.that(deaths() == deathsAtConvergence, "G3: nobody is declared dead when all is well", deaths());
        return sim.nowNanos() - convergedNanos >= STAY_NANOS;
    }

    private long deaths() {
        return sim.marks().getOrDefault(GossipMarks.DECLARED_DEAD, 0L);
    }

    @Override
    public Stall stall() {
        Stall stall = stall(sim.survivors());
        return stall != null ? stall : Stall.of("the cluster", "all is well, and for too short a time");
    }

    @Override
    public Core core() {
        return new Core() {
            /** A node whose disk is new knows nobody but its seeds: without one of them it comes to know nobody. */
            @Override
            public boolean suffices(List<NodeId> core) {
                return seeds.stream().anyMatch(core::contains);
            }

            @Override
            public Stall stall(List<NodeId> core) {
                return GossipWorkload.this.stall(core);
            }
        };
    }

    private Stall stall(List<NodeId> among) {
        Stall members = stallOfMembers(among);
        return members != null ? members : stallOfRows(among);
    }

    private Stall stallOfMembers(List<NodeId> among) {
        for (NodeId id : among) {
            if (!sim.isUp(id)) {
                return Stall.of(id, "is down");
            }
        }
        return GossipStall.ofMembers(among.stream().map(this::peer).toList(), GossipPeer::membership);
    }

    private Stall stallOfRows(List<NodeId> among) {
        return GossipStall.ofRows(among.stream().map(this::peer).toList(), GossipPeer::log);
    }

    @Override
    public void finish() {
        for (NodeId id : sim.survivors()) {
            OwnerLogCounters counters = peer(id).log().counters();
            long mismatches = counters.of(Counter.AUDIT_MISMATCHES) + counters.of(Counter.SNAPSHOTS_REFUSED);
            Check.that(mismatches == 0, "G3: an audit found what must not be", mismatches);
        }
    }
}
