package io.orrery.sim;

import io.orrery.kernel.Check;
import io.orrery.kernel.Description;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.Time;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.PortCounters;
import io.orrery.kernel.loop.Scratch;
import io.orrery.kernel.loop.TaskEvent;
import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.StateDigest;
import io.orrery.kernel.trace.Trace;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.choice.Choices;
import io.orrery.sim.choice.Tape;
import io.orrery.sim.disk.SimDisk;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldAction;
import io.orrery.sim.event.WorldEvent;
import io.orrery.sim.network.Loss;
import io.orrery.sim.network.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A world of nodes in one thread: virtual time, a network, disks and clocks, all drawn from one seed.
 *
 * <ul>
 *   <li>I1: everything happens in the order of (time, sequence); two runs of one seed and one program take the same steps
 *       and end with the same {@link #traceHash()}.
 *   <li>I2: no event of a node runs inside another.
 *   <li>I3: after each event of a node its own invariants and all {@link Checker}s are checked; the first failure ends the
 *       run.
 *   <li>I4: nothing that watches a run (traces, marks, counters) changes it.
 * </ul>
 *
 * <p>Healthy until told otherwise: a LAN of {@link io.orrery.sim.network.LinkPolicy#LAN} and disks of
 * {@link io.orrery.sim.disk.DiskPolicy#SSD}. For one thread.
 */
public final class Simulation {
    /** How often a node's state is folded into the trace hash: at every such event. */
    static final int DIGEST_EVENTS = 1024;

    private static final long NO_MESSAGE = 0;

    /** Of all nodes: one runs at a time. */
    final Scratch scratch = new Scratch();

    private final long seed;
    private final Choices choices;
    private final Agenda agenda;
    private final Network network;
    private final Journal journal;
    private final Verdict verdict;
    private final Pauses pauses;
    private final Releases releases = new Releases();
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<NodeId> ids = new ArrayList<>();
    private final List<NodeId> view = Collections.unmodifiableList(ids);
    private long eventCount;
    private long messageCount;
    private boolean inNodeEvent;
    private BooleanSupplier stop;

    public Simulation(long seed) {
        this.seed = seed;
        this.choices = new Choices(seed);
        this.agenda = new Agenda(seed);
        this.journal = new Journal(agenda);
        this.network = new Network(agenda, choices, journal);
        this.verdict = new Verdict(this);
        this.pauses = new Pauses(agenda, network, journal);
    }

    /** Lets a tape hear and decide all of the world's choices; to be called before the first node is added. */
    public void tape(Tape tape) {
        choices.tape(tape);
    }

    /** Adds a node and boots it now. */
    public NodeId addNode(String name, Program program) {
        NodeId id = NodeId.of(name);
        SimNode node = new SimNode(this, agenda, choices, id, program);
        nodes.add(node);
        ids.add(id);
        node.boot();
        verdict.throwFailure();
        return id;
    }

    /** All nodes in the order they were added. */
    public List<NodeId> nodes() {
        return view;
    }

    // Running

    /** Lets {@code nanos} of world time pass. */
    public void runFor(long nanos) {
        runUntil(() -> false, nanos);
    }

    /**
     * Runs until the condition holds; it is asked before anything else and after each event.
     *
     * @param limitNanos world time to wait at most, from now
     * @return whether it came to hold
     * @throws SimulationFailure if a node halts or a checker objects
     */
    public boolean runUntil(BooleanSupplier condition, long limitNanos) {
        long endNanos = Math.addExact(agenda.nowNanos(), limitNanos);
        verdict.throwFailure();
        while (!condition.getAsBoolean()) {
            if (!agenda.isDue(endNanos)) {
                agenda.passTo(endNanos);
                return false;
            }
            step();
        }
        return true;
    }

    /** Ends the run with {@link SimulationStopped} as soon as the condition holds after an event. */
    public void stopWhen(BooleanSupplier condition) {
        stop = condition;
    }

    private void step() {
        Object entry = agenda.pop();
        if (entry instanceof NodeEvent event) {
            onDue(event, agenda.poppedSequence());
        } else {
            happen((WorldEvent) entry);
        }
        verdict.throwFailure();
        if (stop != null && stop.getAsBoolean()) {
            throw new SimulationStopped();
        }
    }

    private void happen(WorldEvent event) {
        try {
            event.happen(agenda.poppedSequence());
        } catch (SimulationFailure known) {
            throw known;
        } catch (RuntimeException | Check.Violation broken) {
            verdict.onFailure(Failure.Kind.SAFETY, broken, null);
        }
    }

    /** An entry of a node came due, or is given back after a pause. */
    void onDue(NodeEvent event, long sequence) {
        NodeKernel kernel = event.node();
        if (event.isVoid(sequence) || kernel.isDead()) {
            return;
        }
        SimNode node = (SimNode) kernel.world();
        if (node.mustWait(event)) {
            node.hold(event, sequence);
        } else if (event.ripen(sequence)) {
            run(node, event, NO_MESSAGE);
        }
    }

    /** The turn of an event that waited while its node was at work. */
    void onTurn(SimNode node, NodeEvent event, long sequence, long message) {
        if (event.node().isDead()) {
            return;
        }
        if (message != NO_MESSAGE || event.ripen(sequence)) {
            run(node, event, message);
        }
    }

    /** A frame that waited while its node was paused is read. */
    void onHeldFrame(NodeEvent event, long message) {
        NodeKernel kernel = event.node();
        SimNode node = (SimNode) kernel.world();
        if (kernel.isDead()) {
            journal.lost(message, Loss.DOWN);
        } else if (node.isHindered()) {
            node.holdFrame(event, message);
        } else {
            run(node, event, message);
        }
    }

    /** Runs an event of a node that is up, then checks. */
    void run(SimNode node, NodeEvent event, long message) {
        NodeKernel kernel = event.node();
        begin(node, event.kind(), event.subject(), event.digest(), message);
        kernel.run(event, node.localNanos(), node.wallMillis());
        end(node, kernel);
        node.onRun();
    }

    void onBoot(SimNode node, NodeKernel kernel, Program program) {
        journal.life(node.id(), Observer.Life.BOOT, journal.isOn() ? "incarnation=" + node.incarnation() : "");
        begin(node, NodeEvent.Kind.START, "boot", node.incarnation(), NO_MESSAGE);
        kernel.boot(program, node.localNanos(), node.wallMillis());
        end(node, kernel);
    }

    private void begin(SimNode node, NodeEvent.Kind kind, String subject, long digest, long message) {
        Check.that(!inNodeEvent, "I2: no event of a node runs inside another", node.index());
        inNodeEvent = true;
        eventCount++;
        journal.event(eventCount, node.id(), kind, subject, digest, message);
        agenda.fold(agenda.nowNanos());
        agenda.fold(digest * 4096 + node.index() * 8L + kind.ordinal());
    }

    private void end(SimNode node, NodeKernel kernel) {
        inNodeEvent = false;
        kernel.checkInvariants();
        if (node.isUp()) {
            if (eventCount % DIGEST_EVENTS == 0) {
                agenda.fold(stateDigest(node.id()));
            }
            verdict.afterEvent(node.id());
        }
        journal.eventEnd(eventCount, node.id());
    }

    /** A node broke one of its own rules, or its disk failed it. */
    void onHalt(SimNode node, Throwable why) {
        if (why instanceof StorageHaltException halt && node.disk().explains(halt.kind())) {
            journal.transition(node.id(), "", "disk-failed", why.getMessage());
            node.halt(halt);
        } else {
            verdict.onFailure(Failure.Kind.HALT, why, node.id());
        }
    }

    /** A failure here and now. */
    public Failure failure(Failure.Kind kind, String message, NodeId node) {
        return new Failure(kind, message, node, agenda.nowNanos(), seed, eventCount);
    }

    /** Asks all checkers whether what they saw adds up, once a run is over. */
    public void finish() {
        verdict.atEnd();
        verdict.throwFailure();
    }

    // What happens to nodes

    /** The machine loses power: its incarnation ends, its disk keeps what was durable and some of the rest. */
    public void crash(NodeId id) {
        SimNode node = node(id);
        Check.argument(node.isUp(), "a node that is down does not crash", id);
        node.crash();
    }

    /** Boots a new incarnation on the disk that the last one left. */
    public void restart(NodeId id) {
        SimNode node = node(id);
        Check.argument(!node.isUp(), "a node that is up is not restarted", id);
        node.boot();
        verdict.throwFailure();
    }

    /**
     * Ends all faults: heals the network and the disks, sets clocks right, ends pauses, restarts what is down, except nodes
     * that are {@link #isLost lost}.
     */
    public void healAll() {
        network.healAll();
        nodes.forEach(this::heal);
        verdict.throwFailure();
    }

    /** Ends all faults of a node: of its disk and clocks; ends its pause, and restarts it if it is down and not lost. */
    public void heal(NodeId id) {
        heal(node(id));
        verdict.throwFailure();
    }

    private void heal(SimNode node) {
        node.disk().repair();
        machine(node.id()).callOffCrash();
        node.drift(0);
        node.endBurden();
        pauses.end(node);
        if (!node.isUp() && !node.isLost()) {
            node.boot();
        }
    }

    /** The node's disk is replaced by an empty one. A node that is up loses power with it; it comes back by a restart. */
    public void wipe(NodeId id) {
        journal.transition(id, "", "wipe", "");
        node(id).wipe();
    }

    /**
     * Whether the node stopped because its disk is damaged, or refuses to be read, and was not replaced. Such a node cannot
     * come back: restarting it ends the same way.
     */
    public boolean isLost(NodeId id) {
        return node(id).isLost();
    }

    /** All nodes that are not {@link #isLost lost}: those of which something can be demanded in the end. */
    public List<NodeId> survivors() {
        List<NodeId> survivors = new ArrayList<>(ids);
        survivors.removeIf(this::isLost);
        return survivors;
    }

    public boolean isUp(NodeId id) {
        return node(id).isUp();
    }

    /** The node runs no event for a while; frames wait for it. Its clocks go on. */
    public void pause(NodeId id, long nanos) {
        pauses.begin(node(id), nanos);
    }

    /** Ends the node's pause, if it is paused. */
    public void resume(NodeId id) {
        pauses.end(node(id));
    }

    /** The root protocol of the node's present incarnation. The node must be up. */
    public <P extends Protocol> P protocol(NodeId id, Class<P> type) {
        return type.cast(kernel(id).protocol());
    }

    private NodeKernel kernel(NodeId id) {
        SimNode node = node(id);
        Check.argument(node.isUp(), "a node that is down has no incarnation", id);
        return node.kernel();
    }

    /**
     * Runs a task as an event of the node, which must be up: at once if no event is running and the node is not paused, else
     * as soon as may be.
     */
    public void onNode(NodeId id, Runnable task) {
        SimNode node = node(id);
        TaskEvent event = new TaskEvent(kernel(id), NodeEvent.Kind.OUTSIDE, "outside", task);
        if (inNodeEvent || node.isHindered()) {
            agenda.push(agenda.nowNanos(), agenda.nextSequence(), event);
        } else {
            run(node, event, NO_MESSAGE);
            verdict.throwFailure();
        }
    }

    /** Lets an action of the world happen after a delay. */
    public void after(long delayNanos, Runnable action) {
        Check.argument(delayNanos >= 0, "a delay is not negative");
        agenda.push(agenda.nowNanos() + delayNanos, new WorldAction(action));
    }

    /** What else may befall a node's machine. */
    public Machine machine(NodeId id) {
        return new Machine(node(id), agenda, choices);
    }

    /** Which release each node runs. */
    public Releases releases() {
        return releases;
    }

    /** The network, to be disturbed. */
    public Network network() {
        return network;
    }

    /** A node's disk, to be disturbed. */
    public SimDisk disk(NodeId id) {
        return node(id).disk();
    }

    // What can be learned

    public long seed() {
        return seed;
    }

    /** World time since the run began. */
    public long nowNanos() {
        return agenda.nowNanos();
    }

    /** What the node's monotonic clock shows now. */
    public long clockNanos(NodeId id) {
        return node(id).localNanos();
    }

    /** What the node's wall clock shows now, milliseconds since 1970. */
    public long wallMillis(NodeId id) {
        return node(id).wallMillis();
    }

    /** What the ports of the node's present incarnation sent, took and refused. The node must be up. */
    public PortCounters counters(NodeId id) {
        return kernel(id).counters();
    }

    /** Events of nodes that have run. */
    public long eventCount() {
        return eventCount;
    }

    /** Says which run this was: equal for two runs that took the same steps. */
    public long traceHash() {
        return agenda.hash();
    }

    /** A stream of choices of its own for {@code label}, to be asked for once and kept. */
    public ChoiceStream choices(String label) {
        return choices.stream("world " + label);
    }

    /** How often each mark was reached, over all nodes. */
    public SortedMap<Mark, Long> marks() {
        return journal.marks();
    }

    /** Sends one line per transition to a sink from now on; null ends it. */
    public void traceTo(Consumer<String> sink) {
        journal.traceTo(sink);
    }

    /** Sends one line per event of a node to a sink from now on; null ends it. */
    public void eventsTo(Consumer<String> sink) {
        journal.eventsTo(sink);
    }

    /** Lets an observer hear everything from now on. */
    public void observe(Observer observer) {
        journal.add(observer);
    }

    /** Has the node's present incarnation describe its state. The node must be up. */
    public void describe(NodeId id, Description out) {
        Protocol protocol = kernel(id).protocol();
        if (protocol != null) {
            protocol.describe(out);
        }
    }

    /** A digest of the state that the node's present incarnation describes. The node must be up. */
    public long stateDigest(NodeId id) {
        StateDigest digest = new StateDigest();
        describe(id, digest);
        return digest.value();
    }

    /** Adds a line of the world's own to the trace: a fault, a step of a workload. */
    public void note(String what, String why) {
        journal.world(what, why);
    }

    /** Counts a rare situation of the world's own: what a workload or a checker came upon. */
    public void reached(Mark mark) {
        journal.reached(mark);
    }

    /** Adds a checker, asked after every event from now on. */
    public void addChecker(Checker checker) {
        verdict.addChecker(checker);
    }

    Journal journal() {
        return journal;
    }

    long nextMessage() {
        return ++messageCount;
    }

    Trace trace(NodeId id, String path) {
        return new SimTrace(journal, id, path);
    }

    private SimNode node(NodeId id) {
        int index = network.indexOf(id);
        Check.argument(index >= 0, "there is no such node", id);
        return nodes.get(index);
    }

    @Override
    public String toString() {
        return "simulation of seed " + seed + " at " + Time.text(agenda.nowNanos());
    }
}
