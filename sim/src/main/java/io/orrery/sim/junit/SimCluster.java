package io.orrery.sim.junit;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.sim.Checker;
import io.orrery.sim.Failure;
import io.orrery.sim.Simulation;
import io.orrery.sim.SimulationFailure;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The nodes of one run of a {@link SimulationTest}, named n1, n2 and so on, and what a test does with them. All that it has
 * no word for is in {@link #simulation()}. For the thread of the run.
 */
public final class SimCluster {
    /** Operations of one run at most. */
    public static final long OPERATIONS_MAX = 1_000_000;

    private static final long LUCK_BOUND = 1L << 32;

    /** Asked of the cluster by its clients, again and again. */
    @FunctionalInterface
    public interface Operation {
        /**
         * @param number of the operation in the run, from 0
         * @param luck a random stream of its own: what one operation draws shifts no other
         */
        void start(long number, Prng luck);
    }

    private final Simulation sim;
    private final RunScript script;
    private final List<NodeId> nodes;
    private final ChoiceStream lucks;
    private long operations;

    SimCluster(Simulation sim, RunScript script) {
        this.sim = sim;
        this.script = script;
        this.lucks = sim.choices("operations");
        List<NodeId> names = new ArrayList<>();
        for (int i = 1; i <= script.nodeCount(); i++) {
            names.add(NodeId.of("n" + i));
        }
        nodes = Collections.unmodifiableList(names);
    }

    /** All nodes, also before they are booted: a program may need their names. */
    public List<NodeId> nodes() {
        return nodes;
    }

    /** A node by its number: {@code node(1)} is n1. */
    public NodeId node(int number) {
        Check.argument(number >= 1 && number <= nodes.size(), "nodes are n1 to n" + nodes.size());
        return nodes.get(number - 1);
    }

    /** Boots all nodes with this program, which is called again for a node at each of its restarts. Once a run. */
    public void boot(Program program) {
        Check.argument(sim.nodes().isEmpty(), "a cluster is booted once");
        nodes.forEach(node -> sim.addNode(node.name(), program));
    }

    /**
     * Lets world time pass.
     *
     * @throws SimulationFailure if a node halts or a checker objects
     */
    public void runFor(long nanos) {
        sim.runFor(nanos);
    }

    /**
     * Runs until the condition holds, which is asked after each event.
     *
     * @param limitNanos world time to wait at most
     * @return whether it came to hold
     * @throws SimulationFailure if a node halts or a checker objects
     */
    public boolean runUntil(BooleanSupplier condition, long limitNanos) {
        return sim.runUntil(condition, limitNanos);
    }

    /**
     * Runs until the condition holds, and fails if it does not in time.
     *
     * @param claim what must come about, for the message
     * @param limitNanos world time to wait at most
     * @throws SimulationFailure of kind LIVENESS if it did not come about, or if a node halts or a checker objects
     */
    public void eventually(String claim, BooleanSupplier condition, long limitNanos) {
        if (!sim.runUntil(condition, limitNanos)) {
            throw new SimulationFailure(sim.failure(Failure.Kind.LIVENESS, claim, null), null);
        }
    }

    /**
     * Lets clients ask for something {@code perSecond} times a second of world time for {@code nanos} from now on, at drawn
     * moments. When a run fails, operations that the failure does not need are left out, as faults are.
     */
    public void operate(int perSecond, long nanos, Operation operation) {
        Check.argument(perSecond >= 1 && perSecond <= 1_000_000_000, "a rate is 1 to 1,000,000,000 per second");
        long interval = Time.seconds(1) / perSecond;
        long count = nanos / interval;
        Check.argument(count >= 0 && operations + count <= OPERATIONS_MAX, "a run has at most 1,000,000 operations");
        for (long i = 0; i < count; i++) {
            long number = operations++;
            Prng luck = new Prng(lucks.next(LUCK_BOUND));
            long delay = i * interval + luck.below(interval);
            if (script.operations().includes(number)) {
                sim.after(delay, () -> {
                    sim.note("operation", Long.toString(number));
                    operation.start(number, luck);
                });
            }
        }
    }

    /** Operations asked for so far, those that a scenario leaves out included. */
    long operations() {
        return operations;
    }

    /** Whether the node is up. */
    public boolean isUp(NodeId node) {
        return sim.isUp(node);
    }

    /** The root protocol of a node that is up, to look into. */
    public <P extends Protocol> P protocol(NodeId node, Class<P> type) {
        return sim.protocol(node, type);
    }

    /** The root protocols of all nodes that are up, in the order of the nodes. */
    public <P extends Protocol> List<P> protocols(Class<P> type) {
        List<P> up = new ArrayList<>();
        for (NodeId node : nodes) {
            if (sim.isUp(node)) {
                up.add(sim.protocol(node, type));
            }
        }
        return up;
    }

    /**
     * Calls a node's protocol as an event of the node, now or, if it is paused, when it goes on.
     *
     * @return whether the node is up; if not, nothing happens
     */
    public <P extends Protocol> boolean onNode(NodeId node, Class<P> type, Consumer<P> task) {
        boolean up = sim.isUp(node);
        if (up) {
            P protocol = sim.protocol(node, type);
            sim.onNode(node, () -> task.accept(protocol));
        }
        return up;
    }

    /** Ends the node as a power loss does. Returns whether it was up. */
    public boolean crash(NodeId node) {
        boolean up = sim.isUp(node);
        if (up) {
            sim.crash(node);
        }
        return up;
    }

    /** Boots the node again on what its disk kept. Returns whether it was down. */
    public boolean restart(NodeId node) {
        boolean down = !sim.isUp(node);
        if (down) {
            sim.restart(node);
        }
        return down;
    }

    /** Adds a checker, asked after every event from now on. */
    public void check(Checker checker) {
        sim.addChecker(checker);
    }

    /** The world that the nodes live in: network, disks, clocks, trace. */
    public Simulation simulation() {
        return sim;
    }

    @Override
    public String toString() {
        return nodes + " in a " + sim;
    }
}
