package io.orrery.jepsen.maelstrom;

import io.orrery.jepsen.json.Json;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Program;
import io.orrery.kernel.Storage;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.EventQueue;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.TaskEvent;
import io.orrery.kernel.loop.World;
import io.orrery.kernel.trace.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One node on Maelstrom's network, by the real clock. Frames to peers travel as base64 in messages of our own types; what
 * the network does to STREAM frames is made good by {@link PeerLink}.
 *
 * <p>Work is done in turns, by one thread: the clock is read once, what is due runs in the order of the event queue, what it
 * caused is flushed. Messages that came in between turns are events too, due at once.
 */
public final class MaelstromWorld implements World {
    /** A turn ends after so many events, so that output and input get their turn; the rest waits for the next. */
    private static final int EVENTS_PER_TURN = 10_000;

    private final NodeKernel node;
    private final Path folder;
    private final Consumer<Envelope> outbox;
    private final Consumer<String> log;
    private final boolean traced;
    private final EventQueue<NodeEvent> queue = new EventQueue<>();
    private final TreeMap<NodeId, PeerLink> links = new TreeMap<>();
    private final List<LoopStorage> storages = new ArrayList<>();
    private final long originNanos = System.nanoTime();
    private long nowNanos;
    private Throwable haltCause;

    /**
     * @param cluster all nodes; frames for and of others are refused
     * @param folder for the node's files
     * @param outbox takes what goes to peers
     * @param log takes lines for people
     * @param traced whether transitions are logged
     */
    public MaelstromWorld(
            NodeId self,
            Collection<NodeId> cluster,
            Path folder,
            Consumer<Envelope> outbox,
            Consumer<String> log,
            boolean traced) {
        this.folder = folder;
        this.outbox = outbox;
        this.log = log;
        this.traced = traced;
        long wallMicros = System.currentTimeMillis() * 1000;
        for (NodeId peer : cluster) {
            if (!peer.equals(self)) {
                links.put(peer, new PeerLink(peer, wallMicros));
            }
        }
        node = new NodeKernel(self, this, new Prng(Prng.mix(wallMicros)).fork(self.name()));
    }

    public void boot(Program program) {
        nowNanos = System.nanoTime() - originNanos;
        node.boot(program, nowNanos, System.currentTimeMillis());
    }

    /** Queues a task as an event of the node: how requests of clients get in. */
    public void enqueue(String subject, Runnable task) {
        schedule(new TaskEvent(node, NodeEvent.Kind.OUTSIDE, subject, task), nowNanos, nextSequence());
    }

    /**
     * Takes a message of a peer.
     *
     * @throws MalformedMessageException if it is none, or of no peer
     */
    public void onPeerMessage(String from, String type, Json.Obj body) {
        PeerLink link = links.get(nodeOrNull(from));
        if (link == null) {
            throw new MalformedMessageException("a message of " + from + ", who is no peer");
        }
        link.onMessage(
                type,
                body,
                nowNanos,
                frame -> schedule(
                        new DeliverEvent(node, link.peer(), frame, 0, frame.length), nowNanos, nextSequence()));
    }

    /** Reads the clock, runs what is due, checks the protocols' invariants, and emits what was caused. */
    public void turn() {
        nowNanos = Math.max(nowNanos, System.nanoTime() - originNanos);
        long wallMillis = System.currentTimeMillis();
        for (int i = 0; i < EVENTS_PER_TURN && !queue.isEmpty() && queue.firstTime() <= nowNanos; i++) {
            long sequence = queue.firstSequence();
            NodeEvent event = queue.pop();
            if (event.ripen(sequence)) {
                node.run(event, nowNanos, wallMillis);
            }
        }
        node.checkInvariants();
        for (PeerLink link : links.values()) {
            link.flush(nowNanos, body -> send(link.peer(), body));
        }
    }

    /** How long the next turn may wait, by the real clock: 0 if something is due. */
    public long nanosUntilDue() {
        long due = queue.isEmpty() ? Long.MAX_VALUE : queue.firstTime();
        for (PeerLink link : links.values()) {
            due = Math.min(due, link.sender().dueNanos());
        }
        return due == Long.MAX_VALUE ? due : Math.max(0, due - (System.nanoTime() - originNanos));
    }

    /** Why the node has halted; null while it runs. */
    public Throwable haltCause() {
        return haltCause;
    }

    /** Stops the node and closes its files. */
    public void close() {
        node.kill();
        for (LoopStorage storage : storages) {
            storage.close();
        }
    }

    /** What the streams went through, for the log. */
    public String linkSummary() {
        long broken = 0;
        long lost = 0;
        long resent = 0;
        long dropped = 0;
        for (PeerLink link : links.values()) {
            broken += link.sender().broken();
            lost += link.sender().lost();
            resent += link.sender().resent();
            dropped += link.receiver().dropped();
        }
        return "streams: " + broken + " broken with " + lost + " frames, " + resent + " frames resent, " + dropped
                + " dropped";
    }

    @Override
    public long nextSequence() {
        return queue.nextSequence();
    }

    @Override
    public void schedule(NodeEvent event, long dueNanos, long sequence) {
        queue.push(dueNanos, sequence, event);
    }

    @Override
    public boolean transmit(NodeKernel from, NodeId to, Delivery delivery, byte[] frame, int length) {
        PeerLink link = links.get(to);
        if (link == null) {
            return false;
        }
        byte[] copy = Arrays.copyOf(frame, length);
        if (delivery == Delivery.STREAM) {
            return link.sender().offer(copy);
        }
        send(to, PeerMessages.datagram(copy));
        return true;
    }

    @Override
    public Storage storage(NodeKernel owner, String path) {
        LoopStorage storage = new LoopStorage(owner, path.isEmpty() ? folder : folder.resolve(path));
        storages.add(storage);
        return storage;
    }

    @Override
    public Trace trace(NodeKernel owner, String path) {
        return traced ? new LogTrace(owner, path, log) : Trace.OFF;
    }

    @Override
    public void halted(NodeKernel halted, Throwable why) {
        haltCause = why;
    }

    private void send(NodeId to, Json.Obj body) {
        outbox.accept(new Envelope(node.self().name(), to.name(), body));
    }

    private static NodeId nodeOrNull(String name) {
        try {
            return NodeId.of(name);
        } catch (IllegalArgumentException noName) {
            throw new MalformedMessageException("not a node's name");
        }
    }
}
