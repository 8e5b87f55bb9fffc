package io.orrery.kernel.loop;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One incarnation of one node: runs its events one after another and turns its effects into calls on its {@link World}.
 *
 * <ul>
 *   <li>I1: at most one event runs at a time, and none inside another (law 1).
 *   <li>I2: the clocks change only between events (law 2).
 *   <li>I3: once dead, it runs no event (law 3).
 * </ul>
 *
 * <p>For one thread, that of the world.
 */
public final class NodeKernel {
    /** Deferred tasks that wait at once, usually; for more of them events are made anew. */
    private static final int SPARES_MAX = 32;

    private final NodeId self;
    private final World world;
    private final int formatsMax;
    private final PortTable ports;
    private final Encoder encoder;
    private final CRC32C crc;
    private final ScopeKernel root;
    private final DeferredEvent[] spares = new DeferredEvent[SPARES_MAX];
    private int spareCount;
    private Protocol protocol;
    private boolean running;
    private boolean dead;
    private long nowNanos;
    private long wallMillis;

    /**
     * @param prng this incarnation's stream: the world forks it anew for each incarnation
     */
    public NodeKernel(NodeId self, World world, Prng prng) {
        this(self, world, prng, Integer.MAX_VALUE);
    }

    /**
     * A node of an earlier release, among others.
     *
     * @param prng this incarnation's stream
     * @param formatsMax the newest version of any message that the node reads and writes; at least 1
     */
    public NodeKernel(NodeId self, World world, Prng prng, int formatsMax) {
        Check.argument(formatsMax >= 1, "versions count from 1");
        this.self = self;
        this.world = world;
        this.formatsMax = formatsMax;
        Scratch scratch = world.scratch();
        this.ports = new PortTable(scratch);
        this.encoder = scratch.encoder;
        this.crc = scratch.crc;
        this.root = new ScopeKernel(this, "", prng);
    }

    /** Builds the root protocol and schedules its start. A program that throws halts the node. */
    public void boot(Program program, long nowNanos, long wallMillis) {
        run(
                new TaskEvent(this, NodeEvent.Kind.START, "boot", () -> {
                    protocol = program.boot(root);
                    world.schedule(
                            new TaskEvent(this, NodeEvent.Kind.START, "start", protocol::start),
                            nowNanos,
                            world.nextSequence());
                }),
                nowNanos,
                wallMillis);
    }

    /** Runs one event at the given readings of this node's clocks. */
    public void run(NodeEvent event, long nowNanos, long wallMillis) {
        if (dead) {
            return;
        }
        Check.that(!running, "I1: no event runs inside another");
        Check.that(nowNanos >= this.nowNanos, "I2: the monotonic clock does not fall", this.nowNanos, nowNanos);
        this.nowNanos = nowNanos;
        this.wallMillis = wallMillis;
        running = true;
        try {
            event.happen();
        } catch (Throwable broken) {
            halt(broken);
        } finally {
            running = false;
        }
    }

    /** Runs the root protocol's own checks; a violation halts the node. */
    public void checkInvariants() {
        if (dead || protocol == null) {
            return;
        }
        try {
            protocol.checkInvariants();
        } catch (Throwable broken) {
            halt(broken);
        }
    }

    /** Stops this incarnation because it cannot go on: a rule is broken, or its disk failed to sync. */
    public void halt(Throwable why) {
        if (!dead) {
            dead = true;
            world.halted(this, why);
        }
    }

    /** Ends this incarnation from outside: a crash, or a stop. */
    public void kill() {
        dead = true;
    }

    public boolean isDead() {
        return dead;
    }

    public NodeId self() {
        return self;
    }

    /** The root protocol, or null before boot. */
    public Protocol protocol() {
        return protocol;
    }

    public PortCounters counters() {
        return ports.counters();
    }

    public long nowNanos() {
        return nowNanos;
    }

    /**
     * Checks and hands over a frame that has reached this node; to be called inside an event of it.
     *
     * @return whether the node may keep slices of the frame; if not, its array is the caller's again
     */
    public boolean receive(NodeId from, byte[] frame, int offset, int length) {
        return ports.receive(from, frame, offset, length);
    }

    /** Queues a task as an event of this node, now by its clock. */
    public void enqueue(NodeEvent.Kind kind, String subject, Runnable task) {
        world.schedule(new TaskEvent(this, kind, subject, task), nowNanos, world.nextSequence());
    }

    void defer(String scope, Runnable task) {
        checkRunning();
        DeferredEvent event = spareCount > 0 ? spares[--spareCount] : new DeferredEvent(this);
        event.load(scope, task);
        world.schedule(event, nowNanos, world.nextSequence());
    }

    void onDone(DeferredEvent event) {
        if (spareCount < SPARES_MAX) {
            spares[spareCount++] = event;
        }
    }

    /** The world that hosts this incarnation. */
    public World world() {
        return world;
    }

    int formatsMax() {
        return formatsMax;
    }

    long wallMillis() {
        return wallMillis;
    }

    void checkRunning() {
        Check.that(running, "the kernel is used only inside an event of its node");
    }

    <M> NodePort<M> open(NodePort<M> port) {
        checkRunning();
        ports.add(port);
        return port;
    }

    void closePort(NodePort<?> port) {
        ports.remove(port);
    }

    <M> boolean send(NodeId to, Channel channel, Codec<M> codec, int version, int newest, M message) {
        checkRunning();
        Frame.encode(channel, codec, version, newest, message, crc, encoder);
        int length = encoder.position();
        Check.that(
                channel.delivery() == Delivery.STREAM || length <= Delivery.DATAGRAM_BYTES_MAX,
                "a datagram fits one packet",
                length,
                channel.protocol());
        boolean taken = to.equals(self) ? sendToSelf(length) : transmit(to, channel, message, length);
        if (taken) {
            ports.counters().sent++;
        } else {
            ports.counters().refused++;
        }
        return taken;
    }

    private boolean transmit(NodeId to, Channel channel, Object message, int length) {
        world.sending(this, to, channel, message);
        return world.transmit(this, to, channel.delivery(), encoder.buffer(), length);
    }

    private boolean sendToSelf(int length) {
        byte[] frame = Arrays.copyOf(encoder.buffer(), length);
        world.schedule(new DeliverEvent(this, self, frame, 0, length), nowNanos, world.nextSequence());
        return true;
    }
}
