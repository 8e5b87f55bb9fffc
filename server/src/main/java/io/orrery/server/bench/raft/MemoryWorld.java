package io.orrery.server.bench.raft;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Program;
import io.orrery.kernel.Storage;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.EventQueue;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.World;
import io.orrery.kernel.trace.Trace;
import java.util.TreeMap;

/**
 * Several nodes on one thread, with messages in frames as always, and neither wire nor disk: what the protocol itself costs.
 *
 * <p>For one thread.
 */
final class MemoryWorld implements World {
    private static final long STEP_NANOS_MAX = 1_000_000;

    private final EventQueue<NodeEvent> events = new EventQueue<>();
    private final TreeMap<NodeId, MemoryWire> wires = new TreeMap<>();
    private long nowNanos = System.nanoTime();
    private long wallMillis = System.currentTimeMillis();

    NodeKernel add(NodeId id, long seed, Program program) {
        NodeKernel node = new NodeKernel(id, this, new Prng(seed));
        wires.put(id, new MemoryWire(node));
        node.boot(program, nowNanos, wallMillis);
        return node;
    }

    /** Runs what is due; false if nothing was. The clock takes small steps, so that no pause of the process makes an election. */
    boolean runDue() {
        nowNanos = Math.min(System.nanoTime(), nowNanos + STEP_NANOS_MAX);
        wallMillis = System.currentTimeMillis();
        boolean ran = false;
        while (!events.isEmpty() && events.firstTime() <= nowNanos) {
            long sequence = events.firstSequence();
            NodeEvent event = events.pop();
            if (event.ripen(sequence)) {
                event.node().run(event, nowNanos, wallMillis);
                if (event instanceof DeliverEvent delivered) {
                    wires.get(event.node().self()).onDelivered(delivered);
                }
                ran = true;
            }
        }
        return ran;
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
        return new NoStorage(node);
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
