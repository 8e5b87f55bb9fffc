package io.orrery.sim;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Program;
import io.orrery.kernel.Storage;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Frame;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.Scratch;
import io.orrery.kernel.loop.World;
import io.orrery.kernel.trace.Trace;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.choice.Choices;
import io.orrery.sim.choice.Spread;
import io.orrery.sim.disk.SimDisk;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.NodeClock;
import io.orrery.sim.network.Endpoint;

/**
 * A machine of the simulated world: its clocks and its disk, and the incarnation that runs on it, if one does.
 *
 * <ul>
 *   <li>I1: effects of an incarnation that is not the present one change nothing.
 *   <li>I2: a paused node runs no event; what comes due waits, in the order it came due.
 *   <li>I3: a node at work runs nothing but what its last event deferred; see {@link Burden}.
 * </ul>
 */
final class SimNode implements World, Endpoint {
    /** Wall time when a run starts: the first second of 2020, UTC. */
    static final long WALL_ORIGIN_MILLIS = 1_577_836_800_000L;

    private static final long WALL_SKEW_NANOS_MAX = Time.millis(5);
    private static final long SEED_BOUND = 1L << 61;
    private static final long LOCAL_ORIGIN_NANOS_MAX = Time.seconds(100_000);

    private final Simulation sim;
    private final Agenda agenda;
    private final NodeId id;
    private final Program program;
    private final int index;
    private final SimDisk disk;
    private final ChoiceStream clockLuck;
    private final ChoiceStream seeds;
    private final NodeClock clock;
    private final HeldEvents held;
    private Burden burden;
    private int eventsLeft;
    private NodeKernel kernel;
    /** Of the present incarnation: for the frame that is read just now. */
    private DeliverEvent arrival;

    private int incarnation;
    private boolean isLost;
    private Channel sentChannel;
    private Object sentBody;

    SimNode(Simulation sim, Agenda agenda, Choices choices, NodeId id, Program program) {
        this.sim = sim;
        this.agenda = agenda;
        this.id = id;
        this.program = program;
        this.disk = new SimDisk(agenda, choices.stream("disk " + id));
        this.clockLuck = choices.stream("clock " + id);
        this.seeds = choices.stream("node " + id);
        this.clock = new NodeClock(
                0, Time.millis(WALL_ORIGIN_MILLIS) + clockLuck.between(-WALL_SKEW_NANOS_MAX, WALL_SKEW_NANOS_MAX));
        this.held = new HeldEvents(sim, agenda);
        this.index = sim.network().add(this);
    }

    @Override
    public NodeId id() {
        return id;
    }

    int index() {
        return index;
    }

    SimDisk disk() {
        return disk;
    }

    NodeClock clock() {
        return clock;
    }

    NodeKernel kernel() {
        return kernel;
    }

    /** How often the node was started. */
    int incarnation() {
        return incarnation;
    }

    @Override
    public boolean isUp() {
        return kernel != null;
    }

    @Override
    public boolean isPaused() {
        return held.isHolding() || burden != null && burden.isFull();
    }

    /** Whether an event that comes due must wait: the node is paused, or at work. */
    boolean isHindered() {
        return held.isHolding() || burden != null && burden.isBusy();
    }

    /** The same for an event of its own: what a node at work deferred runs at once. */
    boolean mustWait(NodeEvent event) {
        return held.isHolding() || burden != null && burden.isBusy() && event.kind() != NodeEvent.Kind.DEFERRED;
    }

    /** Keeps an event of its own until the node is at leisure. */
    void hold(NodeEvent event, long sequence) {
        if (held.isHolding()) {
            held.add(event, sequence);
        } else {
            burden.add(event, sequence);
        }
    }

    /** Keeps a frame until the node is at leisure, if there is room. */
    void holdFrame(NodeEvent arrival, long message) {
        if (held.isHolding()) {
            held.addFrame(arrival, message);
        } else {
            burden.addFrame(arrival, message);
        }
    }

    /** The time that events take; null if they never did. */
    Burden burden() {
        return burden;
    }

    /** Lets each event take a while, until some time. */
    void burden(Spread cost, long untilNanos, ChoiceStream luck) {
        if (burden == null) {
            burden = new Burden(sim, agenda, this, luck);
        }
        burden.begin(cost, untilNanos);
    }

    /** Events take no time any more. */
    void endBurden() {
        if (burden != null) {
            burden.end();
        }
    }

    /** The node loses power after so many more events; 0 calls that off. */
    void crashAfterEvents(int count) {
        eventsLeft = count;
    }

    /** An event has run and was checked. */
    void onRun() {
        if (burden != null) {
            burden.onRun();
        }
        if (eventsLeft > 0 && --eventsLeft == 0 && isUp()) {
            crash();
        }
    }

    HeldEvents held() {
        return held;
    }

    void boot() {
        Check.that(kernel == null, "a node that is up is not booted");
        clock.reboot(agenda.nowNanos(), clockLuck.below(LOCAL_ORIGIN_NANOS_MAX));
        incarnation++;
        disk.onBoot();
        NodeKernel born = new NodeKernel(
                id, this, new Prng(seeds.next(SEED_BOUND)), sim.releases().formatsMax(id));
        kernel = born;
        arrival = new DeliverEvent(born);
        sim.onBoot(this, born, program);
    }

    /** Ends the incarnation as a power loss does. */
    void crash() {
        end("");
        disk.onCrash();
    }

    /** Ends the incarnation because of its disk. */
    void halt(StorageHaltException why) {
        end(why.getMessage());
        disk.onHalt();
        isLost |= why.kind() == StorageHaltException.Kind.IO || why.kind() == StorageHaltException.Kind.CORRUPT;
    }

    private void end(String why) {
        Check.that(kernel != null, "a node that is down does not end");
        sim.journal().life(id, Observer.Life.CRASH, why);
        kernel.kill();
        kernel = null;
        held.onCrash();
        eventsLeft = 0;
        disk.afterChanges(0, null);
        if (burden != null) {
            burden.onCrash();
        }
        sim.network().onCrash(index);
    }

    /** The disk is replaced by an empty one; the node is down, or goes down. */
    void wipe() {
        if (isUp()) {
            end("");
        }
        disk.wipe();
        isLost = false;
    }

    /** Whether the disk was found damaged: the node cannot come back on it. */
    boolean isLost() {
        return isLost;
    }

    /** Both clocks change their pace; timers keep their deadlines by the node's own clock. */
    void drift(int ppm) {
        NodeClock before = clock.copy();
        clock.drift(agenda.nowNanos(), ppm);
        agenda.retime((event, due) -> isTimer(event) ? clock.worldAt(before.localAt(due)) : due);
    }

    private boolean isTimer(NodeEvent event) {
        return event.kind() == NodeEvent.Kind.EXPIRE && event.node().world() == this;
    }

    long localNanos() {
        return clock.localAt(agenda.nowNanos());
    }

    long wallMillis() {
        return clock.wallMillisAt(agenda.nowNanos());
    }

    @Override
    public boolean receive(NodeId from, byte[] frame, int length, long message) {
        if (isHindered()) {
            holdFrame(new DeliverEvent(kernel, from, frame, 0, length), message);
            return true;
        }
        DeliverEvent now = arrival;
        now.load(from, frame, 0, length);
        sim.run(this, now, message);
        return now.isKept();
    }

    @Override
    public Scratch scratch() {
        return sim.scratch;
    }

    @Override
    public long nextSequence() {
        return agenda.nextSequence();
    }

    @Override
    public void schedule(NodeEvent event, long dueNanos, long sequence) {
        if (event.node() != kernel) {
            return;
        }
        agenda.fold(dueNanos);
        agenda.push(Math.max(agenda.nowNanos(), clock.worldAt(dueNanos)), sequence, event);
    }

    @Override
    public void sending(NodeKernel from, NodeId to, Channel channel, Object message) {
        if (sim.journal().isObserved()) {
            sentChannel = channel;
            sentBody = message;
        }
    }

    @Override
    public boolean transmit(NodeKernel from, NodeId to, Delivery delivery, byte[] frame, int length) {
        int target = sim.network().indexOf(to);
        if (from != kernel || target < 0) {
            return false;
        }
        agenda.fold(((long) length << 40) ^ ((long) target << 32) ^ (Frame.crc(frame, 0) & 0xFFFF_FFFFL));
        long message = sim.nextMessage();
        if (sim.journal().isObserved()) {
            sim.journal().sent(message, id, to, sentChannel, length, sentBody);
        }
        return sim.network().send(index, target, delivery, frame, length, message);
    }

    @Override
    public Storage storage(NodeKernel node, String path) {
        return disk.open(node, path);
    }

    @Override
    public Trace trace(NodeKernel node, String path) {
        return sim.trace(id, path);
    }

    @Override
    public void halted(NodeKernel node, Throwable why) {
        if (node == kernel) {
            sim.onHalt(this, why);
        }
    }
}
