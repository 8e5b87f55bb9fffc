package io.orrery.sim.bare;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Program;
import io.orrery.kernel.Storage;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.EventQueue;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.Scratch;
import io.orrery.kernel.loop.World;
import io.orrery.kernel.trace.Trace;
import java.util.ArrayDeque;
import java.util.TreeMap;

/**
 * Several nodes on one thread, with messages in frames as always, and neither wire nor disk. A message arrives, and an operation
 * on a file is over, in the next event.
 *
 * <ul>
 *   <li>I1: time does not fall.
 * </ul>
 *
 * <p>For one thread.
 */
public final class BareWorld implements World {
    private final EventQueue<NodeEvent> events = new EventQueue<>();
    private final ArrayDeque<NodeEvent> inbox = new ArrayDeque<>();
    private final TreeMap<NodeId, BareWire> wires = new TreeMap<>();
    private final Scratch scratch = new Scratch();
    private long nowNanos;
    private long wallMillis;

    /**
     * @param nowNanos of the nodes' monotonic clock, at first
     * @param wallMillis of their wall clock
     */
    public BareWorld(long nowNanos, long wallMillis) {
        this.nowNanos = nowNanos;
        this.wallMillis = wallMillis;
    }

    /** Adds a node, whose start is due at once. */
    public NodeKernel add(NodeId id, long seed, Program program) {
        NodeKernel node = new NodeKernel(id, this, new Prng(seed));
        wires.put(id, new BareWire(node));
        node.boot(program, nowNanos, wallMillis);
        return node;
    }

    /** The nodes' monotonic clock. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Hands an event to its node from outside: it comes before what the nodes have deferred, as on a node's thread. */
    public void submit(NodeEvent event) {
        inbox.addLast(event);
    }

    /**
     * Runs all that is due at a time, and what comes of it at the same time.
     *
     * @param toNanos not before {@link #nowNanos}
     * @return whether anything was due
     */
    public boolean runDue(long toNanos, long newWallMillis) {
        boolean ran = false;
        while (runNext(toNanos, newWallMillis)) {
            ran = true;
        }
        return ran;
    }

    /** Runs the first event that is due at a time; whether there was one. */
    public boolean runNext(long toNanos, long newWallMillis) {
        Check.argument(toNanos >= nowNanos, "I1: time does not fall");
        nowNanos = toNanos;
        wallMillis = newWallMillis;
        if (!inbox.isEmpty()) {
            NodeEvent event = inbox.removeFirst();
            event.node().run(event, nowNanos, wallMillis);
            return true;
        }
        while (!events.isEmpty() && events.firstTime() <= nowNanos) {
            long sequence = events.firstSequence();
            NodeEvent event = events.pop();
            if (event.ripen(sequence)) {
                event.node().run(event, nowNanos, wallMillis);
                if (event instanceof DeliverEvent delivered) {
                    wires.get(event.node().self()).onDelivered(delivered);
                }
                return true;
            }
        }
        return false;
    }

    @Override
    public Scratch scratch() {
        return scratch;
    }

    @Override
    public long nextSequence() {
        return events.nextSequence();
    }

    @Override
    public void schedule(NodeEvent event, long dueNanos, long sequence) {
        events.push(dueNanos, sequence, event);
    }

    @Override
    public boolean transmit(NodeKernel from, NodeId to, Delivery delivery, byte[] frame, int length) {
        events.push(nowNanos, nextSequence(), wires.get(to).carry(from.self(), frame, length));
        return true;
    }

    @Override
    public Storage storage(NodeKernel node, String path) {
        return new BareStorage(node);
    }

    @Override
    public Trace trace(NodeKernel node, String path) {
        return Trace.OFF;
    }

    @Override
    public void halted(NodeKernel node, Throwable why) {
        throw new IllegalStateException(node.self() + " halted", why);
    }
}
