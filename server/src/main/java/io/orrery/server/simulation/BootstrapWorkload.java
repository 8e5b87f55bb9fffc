package io.orrery.server.simulation;

import io.orrery.broker.boot.BootProgress;
import io.orrery.broker.check.BootInvariants;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.sim.Observer;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.network.StandInCipherer;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import java.util.List;
import java.util.TreeMap;

/**
 * First boot alone: nodes that start in any order, know some of the others, die and come back at any moment, now and then with
 * another disk; more of them than are expected, or others that only join.
 *
 * <ul>
 *   <li>F1: after every event, all that are of a cluster are of one: {@link BootInvariants}.
 *   <li>F2: when all is healed, all are of it, if those that are left are enough to form it or one of them is.
 * </ul>
 */
public final class BootstrapWorkload implements Workload {
    /** As scenarios name it. */
    public static final String NAME = "bootstrap";

    private static final int KILL_PPM = 40_000;
    private static final int LOSE_PPM = 200_000;
    private static final int INIT_PPM = 30_000;
    private static final int AWAY_MILLIS_MAX = 600;
    private static final int WRITES_MAX = 6;
    private static final int LAST_CRASH_MILLIS = 500;

    private final BootInvariants rules = new BootInvariants();
    private final TreeMap<NodeId, Integer> disksLost = new TreeMap<>();
    private Simulation sim;
    private BootShape shape;
    private NodeId founder;
    private int lost;
    private boolean isCalm;

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
        List<NodeId> nodes = scenario.nodes();
        shape = BootShape.draw(sim.choices("shape"), nodes);
        founder = nodes.get(sim.choices("founder").below(nodes.size()));
        sim.addChecker(this::check);
        sim.observe(new Observer() {
            @Override
            public boolean hearsTransitions() {
                return false;
            }

            @Override
            public void onSend(long message, NodeId from, NodeId to, Channel channel, int bytes, Object body) {
                rules.onSend(from, disksLost.getOrDefault(from, 0), body);
            }
        });
        for (NodeId node : nodes) {
            sim.addNode(node.name(), this::boot);
        }
        for (NodeId node : shape.late()) {
            long waitNanos = Time.millis(1 + sim.choices("late " + node).below(3_000));
            sim.crash(node);
            sim.after(waitNanos, () -> comeBack(node));
        }
    }

    private BootPeer boot(Kernel kernel) {
        int disk = disksLost.getOrDefault(kernel.self(), 0);
        return new BootPeer(kernel.scope("disk" + disk), shape.config(kernel.self()), disk);
    }

    private BootPeer peer(NodeId id) {
        return sim.protocol(id, BootPeer.class);
    }

    private void check(Simulation world, NodeId id) {
        // The event may have been the node's last: its disk failed it.
        if (world.isUp(id)) {
            BootPeer peer = peer(id);
            boolean begins = peer.outcome() != null && !peer.outcome().voters().isEmpty();
            rules.observe(id, peer.disk(), peer.boot(), begins);
        }
    }

    @Override
    public void operate(long number, Prng luck) {
        NodeId id = sim.nodes().get(luck.below(sim.nodes().size()));
        if (shape.kind() == BootShape.Kind.INIT && luck.chance(INIT_PPM)) {
            maybeInit();
        }
        if (!luck.chance(KILL_PPM) || !sim.isUp(id)) {
            return;
        }
        if (lost < shape.disksMax() && luck.chance(LOSE_PPM)) {
            lost++;
            disksLost.merge(id, 1, Integer::sum);
            sim.crash(id);
        }
        switch (sim.isUp(id) ? luck.below(3) : -1) {
            case -1 -> {}
            case 0 -> sim.machine(id).crashWhileSyncing();
            case 1 -> sim.machine(id).crashAfterWrites(1 + luck.below(WRITES_MAX));
            default -> sim.crash(id);
        }
        sim.after(Time.millis(1 + luck.below(AWAY_MILLIS_MAX)), () -> comeBack(id));
    }

    private void comeBack(NodeId id) {
        if (!sim.isUp(id) && !sim.isLost(id) && !isCalm) {
            sim.restart(id);
        }
    }

    /** The operator always means the same node: on two, it would be two clusters, as asked for. */
    private void maybeInit() {
        if (sim.isUp(founder)) {
            sim.onNode(founder, () -> peer(founder).boot().init());
        }
    }

    @Override
    public void calm() {
        isCalm = true;
        sim.after(Time.millis(LAST_CRASH_MILLIS), this::startAll);
        tellAll();
    }

    /** Discovery suggests all to all in the end. */
    private void tellAll() {
        for (NodeId id : sim.nodes()) {
            if (sim.isUp(id)) {
                sim.onNode(id, () -> peer(id).boot().contact(sim.nodes()));
            }
        }
    }

    /** A crash that was to come within a sync may have come after the calm began. */
    private void startAll() {
        for (NodeId id : sim.nodes()) {
            if (!sim.isUp(id) && !sim.isLost(id)) {
                sim.restart(id);
            }
        }
        tellAll();
    }

    @Override
    public boolean converged() {
        if (shape.kind() == BootShape.Kind.INIT) {
            maybeInit();
        }
        return stall() == null;
    }

    /** Whether those that are left can be asked for anything. */
    private boolean isEnough() {
        int formers = 0;
        for (NodeId id : sim.survivors()) {
            if (sim.isUp(id) && peer(id).outcome() != null) {
                return true;
            }
            formers += shape.formers().contains(id) ? 1 : 0;
        }
        return shape.kind() == BootShape.Kind.INIT
                ? sim.survivors().contains(founder)
                : formers >= shape.electorate().quorum();
    }

    @Override
    public Stall stall() {
        if (!isEnough()) {
            return null;
        }
        for (NodeId id : sim.survivors()) {
            if (!sim.isUp(id)) {
                return Stall.of(id, "is down");
            }
            BootProgress progress = peer(id).boot().progress();
            if (peer(id).outcome() == null) {
                return Stall.of(id, progress.phase() + ": " + progress.text());
            }
        }
        return null;
    }
}
