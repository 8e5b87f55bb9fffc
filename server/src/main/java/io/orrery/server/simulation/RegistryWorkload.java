package io.orrery.server.simulation;

import io.orrery.gossip.Membership;
import io.orrery.gossip.check.RegistryInvariants;
import io.orrery.gossip.registry.Registry;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.SessionDirectory.Session;
import io.orrery.gossip.registry.WriteOutcome;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.Keys;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.run.Core;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The registry alone: nodes that add, change and remove namespaces and clients, whose clients come and go, that leave, stop, and
 * return with their disks or on empty ones, with clocks that are off.
 *
 * <ul>
 *   <li>R1: after every event the registry's invariants hold (RegistryInvariants).
 *   <li>R2: what was acknowledged stands, or what beats it by CellOrder, or nothing where a delete that beats it was made (it may have
 *       been collected); unless its node's disk was lost or damaged since.
 *   <li>R3: when all is healed, and membership agrees, all registries agree within two rounds of digests and the time of the
 *       pulls that they cause.
 *   <li>R4: in the end the directory of sessions is, on each node, the union of what is connected; no audit has found a
 *       difference.
 * </ul>
 */
public final class RegistryWorkload implements Workload {
    /** As scenarios name it. */
    public static final String NAME = "registry";

    private static final long AWAY_NANOS_MAX = Time.seconds(9);
    private static final long STAY_NANOS = Time.seconds(2);
    /** For pulls that a lost message delays, and for nodes that are slow. */
    private static final long PULL_SLACK_NANOS = Time.seconds(8);

    private static final int LIFE_PPM = 12_000;
    private static final int NAMESPACES = 6;
    private static final int CLIENTS = 6;
    private static final int FIELDS = 2;

    /** A write that a node acknowledged. */
    private record Acknowledged(NodeId by, Cell cell) {}

    private final RegistryInvariants invariants = new RegistryInvariants();
    private final TreeMap<NodeId, Integer> disksLost = new TreeMap<>();
    private final TreeMap<NodeId, Integer> disksLostAtBoot = new TreeMap<>();
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private Simulation sim;
    private RegistryShape shape;
    private KeptDisks keptDisks;
    private List<NodeId> seeds;
    private boolean isCalm;
    private long membersAgreeNanos = -1;
    private long convergedNanos = -1;
    private boolean hasConverged;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start(Simulation simulation, Scenario scenario) {
        sim = simulation;
        keptDisks = new KeptDisks(sim);
        shape = RegistryShape.draw(sim.choices("shape"));
        sim.addChecker((world, id) -> {
            if (world.isUp(id)) {
                invariants.observe(peer(id).registry());
            }
        });
        seeds = scenario.nodes().subList(0, Math.min(2, scenario.nodeCount()));
        for (NodeId node : scenario.nodes()) {
            sim.addNode(node.name(), this::boot);
        }
    }

    private RegistryPeer boot(Kernel kernel) {
        int lost = disksLost.getOrDefault(kernel.self(), 0);
        Integer lostBefore = disksLostAtBoot.put(kernel.self(), lost);
        boolean isKept = keptDisks.maybeKept(kernel.self()) && lostBefore == lost;
        if (!isKept) {
            acknowledged.removeIf(write -> write.by().equals(kernel.self()));
        }
        return new RegistryPeer(kernel.scope("disk" + lost), shape.membership(), shape.registry(), seeds);
    }

    private RegistryPeer peer(NodeId id) {
        return sim.protocol(id, RegistryPeer.class);
    }

    // ---- operations

    @Override
    public void operate(long number, Prng luck) {
        NodeId id = sim.nodes().get(luck.below(sim.nodes().size()));
        if (!sim.isUp(id)) {
            return;
        }
        RegistryPeer peer = peer(id);
        if (luck.chance(LIFE_PPM)) {
            changeLife(id, peer, luck);
            return;
        }
        int what = luck.below(10);
        String name = "vpn" + luck.below(NAMESPACES);
        String client = "c" + luck.below(CLIENTS);
        String field = "f" + luck.below(FIELDS);
        String value = luck.chance(200_000) ? "" : "v" + number;
        sim.onNode(id, () -> {
            if (what > 8) {
                peer.disconnect(client);
            } else if (what > 6) {
                peer.connect(client);
            } else {
                write(id, peer.registry(), what, what < 5 ? name : client, field, value);
            }
        });
    }

    private void write(NodeId id, Registry registry, int what, String name, String field, String value) {
        Cell[] written = new Cell[1];
        WriteOutcome.Callback done = outcome -> {
            if (outcome.kind() == WriteOutcome.Kind.DONE && written[0] != null) {
                acknowledged.add(new Acknowledged(id, written[0]));
            }
        };
        Bytes key;
        if (what < 2 || what == 4) {
            key = Keys.of(Kind.NAMESPACE, name);
        } else {
            key = what < 4 ? Keys.of(Kind.NAMESPACE, name, field) : Keys.of(Kind.CLIENT, "vpn", name);
        }
        switch (what) {
            case 0, 1 -> registry.namespaces().add(name, done);
            case 2, 3 -> registry.namespaces().set(name, field, value, done);
            case 4 -> registry.namespaces().remove(name, done);
            case 5 -> registry.clients().put("vpn", name, List.of("P"), value, done);
            default -> registry.clients().remove("vpn", name, done);
        }
        // What stands of it in the event that wrote it is what will be acknowledged.
        written[0] = registry.settings().store().find(key);
    }

    /** The node leaves and comes back; or stops, having said so or not; or its machine is replaced. */
    private void changeLife(NodeId id, RegistryPeer peer, Prng luck) {
        int kind = luck.below(5);
        long awayNanos = 1 + Time.millis(luck.below((int) (AWAY_NANOS_MAX / Time.millis(1))));
        long offNanos = luck.chance(500_000) ? Time.millis(luck.between(-60_000, 60_000)) : 0;
        switch (kind) {
            case 0 -> leave(id, peer, () -> sim.after(isCalm ? 1 : awayNanos, () -> comeBack(id, peer)));
            case 1 -> leave(id, peer, () -> sim.after(1, () -> stop(id, peer, awayNanos)));
            case 2, 3 -> stop(id, peer, awayNanos);
            default -> {
                disksLost.merge(id, 1, Integer::sum);
                sim.machine(id).stepWall(offNanos);
                stop(id, peer, awayNanos);
            }
        }
    }

    private void leave(NodeId id, RegistryPeer peer, Runnable done) {
        sim.onNode(id, () -> peer.leave(done));
    }

    private boolean isLiving(NodeId id, RegistryPeer peer) {
        return sim.isUp(id) && peer(id) == peer;
    }

    private void comeBack(NodeId id, RegistryPeer peer) {
        if (isLiving(id, peer)) {
            sim.onNode(id, peer::comeBack);
        }
    }

    private void stop(NodeId id, RegistryPeer peer, long awayNanos) {
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

    // ---- the end

    @Override
    public void calm() {
        isCalm = true;
        comeBackAll();
    }

    @Override
    public void whole() {
        membersAgreeNanos = -1;
        hasConverged = false;
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
        List<RegistryPeer> peers = peers(sim.survivors());
        if (peers == null || GossipStall.ofMembers(peers, RegistryPeer::membership) != null) {
            membersAgreeNanos = -1;
            convergedNanos = -1;
            return false;
        }
        membersAgreeNanos = membersAgreeNanos < 0 ? sim.nowNanos() : membersAgreeNanos;
        String wrong = wrong(peers);
        hasConverged |= wrong == null;
        long roundNanos = shape.registry().digestNanos() * Math.max(1, peers.size() - 1);
        boolean isLate = sim.nowNanos() - membersAgreeNanos > 2 * roundNanos + PULL_SLACK_NANOS;
        if (isLate && !hasConverged) {
            throw new Check.Violation("R3: members agree for two rounds of digests, and registries do not: " + wrong);
        }
        if (wrong != null) {
            convergedNanos = -1;
            return false;
        }
        convergedNanos = convergedNanos < 0 ? sim.nowNanos() : convergedNanos;
        return sim.nowNanos() - convergedNanos >= STAY_NANOS;
    }

    /** Null if one of them is down. */
    private List<RegistryPeer> peers(List<NodeId> among) {
        List<RegistryPeer> peers = new ArrayList<>();
        for (NodeId id : among) {
            if (!sim.isUp(id)) {
                return null;
            }
            peers.add(peer(id));
        }
        return peers;
    }

    private static String wrong(List<RegistryPeer> peers) {
        String wrong = RegistryInvariants.divergence(
                peers.stream().map(RegistryPeer::registry).toList());
        return wrong != null ? wrong : wrongSession(peers);
    }

    /** R4. */
    private static String wrongSession(List<RegistryPeer> peers) {
        TreeMap<String, TreeSet<NodeId>> connected = new TreeMap<>();
        for (RegistryPeer peer : peers) {
            for (String client : peer.connected().keySet()) {
                connected
                        .computeIfAbsent(client, first -> new TreeSet<>())
                        .add(peer.membership().self().node());
            }
        }
        for (RegistryPeer peer : peers) {
            TreeMap<String, TreeSet<NodeId>> shown = new TreeMap<>();
            for (Session session : peer.registry().sessions().all(1000)) {
                shown.computeIfAbsent(session.clientId(), first -> new TreeSet<>())
                        .add(session.node());
            }
            if (!shown.equals(connected)) {
                return peer.membership().self().node() + " shows " + shown + " where " + connected + " are connected";
            }
        }
        return null;
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
                return seeds.stream().anyMatch(core::contains) && core.size() > 1;
            }

            @Override
            public Stall stall(List<NodeId> core) {
                return RegistryWorkload.this.stall(core);
            }
        };
    }

    private Stall stall(List<NodeId> among) {
        List<RegistryPeer> peers = peers(among);
        if (peers == null) {
            return Stall.of("a node", "is down");
        }
        Stall members = GossipStall.ofMembers(peers, RegistryPeer::membership);
        if (members != null) {
            return members;
        }
        String wrong = wrong(peers);
        return wrong == null ? null : Stall.of("the registry", "waits for agreement: " + wrong);
    }

    @Override
    public void finish() {
        for (NodeId id : sim.survivors()) {
            Registry registry = peer(id).registry();
            long mismatches = registry.settings().counters().of(Counter.AUDIT_MISMATCHES)
                    + registry.sessionCells().counters().of(Counter.AUDIT_MISMATCHES);
            Check.that(mismatches == 0, "R4: an audit found what must not be", mismatches);
            for (Acknowledged write : acknowledged) {
                boolean isSafe = sim.survivors().contains(write.by()) && !keptDisks.isHarmedSinceBoot(write.by());
                String lost = invariants.whyLost(registry, write.cell());
                if (isSafe && lost != null) {
                    throw new Check.Violation("R2: an acknowledged write is lost: " + lost);
                }
            }
        }
    }

    /** The membership of a node that is up: for tests. */
    Membership membership(NodeId id) {
        return peer(id).membership();
    }
}
