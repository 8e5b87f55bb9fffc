package io.orrery.raft.transcript;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Time;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.TaskEvent;
import io.orrery.kernel.loop.World;
import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.Trace;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.check.RaftInvariants;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * A few replicas on which nothing happens of itself. What takes no time (deferred tasks, a disk that is not held) is done to the
 * end after each step; messages and timers wait. Raft's safety is checked after every event.
 */
final class Stage implements World {
    private static final int STEPS_MAX = 100_000;
    private static final long MILLION = 1_000_000;
    private static final long WALL_MILLIS = 1_600_000_000_000L;

    private record Frame(NodeId from, NodeId to, byte[] bytes) {}

    private record Deadline(NodeEvent event, long dueNanos, long sequence) {}

    private static final class Node {
        private final StageDisk disk = new StageDisk();
        private final List<Deadline> deadlines = new ArrayList<>();
        private NodeKernel kernel;
        private Configuration initial;
        private int lives;
        private int driftPpm;

        /** What the node's clock shows at a true time. */
        private long localNanos(long nanos) {
            return nanos + nanos / MILLION * driftPpm;
        }

        /** The first true time at which the node's clock shows this, to a microsecond. */
        private long trueNanos(long localNanos) {
            return driftPpm == 0 ? localNanos : (localNanos / (MILLION + driftPpm) + 1) * MILLION;
        }
    }

    private final TreeMap<NodeId, Node> nodes = new TreeMap<>();
    private final ArrayDeque<NodeEvent> ready = new ArrayDeque<>();
    private final List<Frame> frames = new ArrayList<>();
    private final RaftInvariants invariants = new RaftInvariants();
    private final List<String> lines = new ArrayList<>();
    private final TreeMap<String, List<Frame>> copies = new TreeMap<>();
    private final Settings settings = new Settings();
    private long nowNanos = Time.seconds(1);
    private long sequence;

    /** What was said, noted and answered since the last call. */
    List<String> takeLines() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    void say(String line) {
        lines.add(line);
    }

    /** How replicas that start from now on run. */
    Settings settings() {
        return settings;
    }

    List<NodeId> ids() {
        return new ArrayList<>(nodes.keySet());
    }

    private Node node(NodeId id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no node " + id);
        }
        return node;
    }

    boolean isUp(NodeId id) {
        return node(id).kernel != null;
    }

    StageDisk disk(NodeId id) {
        return node(id).disk;
    }

    Actor actor(NodeId id) {
        return (Actor) node(id).kernel.protocol();
    }

    RaftGroup group(NodeId id) {
        return actor(id).group;
    }

    void add(NodeId id, Configuration initial) {
        Node node = new Node();
        node.initial = initial;
        nodes.put(id, node);
        start(id);
    }

    void start(NodeId id) {
        Node node = node(id);
        node.lives++;
        node.kernel = new NodeKernel(id, this, new Prng(1).fork(id + " " + node.lives));
        RaftConfig own = settings.config(id, node.initial).withFirstBoot(node.lives == 1);
        node.driftPpm = settings.driftPpm(id);
        boolean sessions = settings.hasSessions();
        boolean sleeps = settings.sleeps();
        node.kernel.boot(kernel -> new Actor(kernel, own, sessions, sleeps), node.localNanos(nowNanos), wallMillis());
        settle();
    }

    /** Takes the node down with what its disk had not synced; what it sent is on its way all the same. */
    void crash(NodeId id) {
        Node node = node(id);
        node.kernel.kill();
        node.kernel = null;
        node.deadlines.clear();
        node.disk.crash();
    }

    /** Does something on a node, as an event of its own. */
    void on(NodeId id, Runnable task) {
        NodeKernel kernel = node(id).kernel;
        ready.add(new TaskEvent(kernel, NodeEvent.Kind.OUTSIDE, "client", task));
        settle();
    }

    // ---- Messages

    /** Hands over the messages that wait now on the links chosen; those that they bring about wait. */
    int deliver(BiPredicate<NodeId, NodeId> links) {
        List<Frame> chosen = take(links);
        deliver(chosen);
        return chosen.size();
    }

    private void deliver(List<Frame> chosen) {
        for (Frame frame : chosen) {
            NodeKernel kernel = node(frame.to).kernel;
            if (kernel != null) {
                ready.add(new DeliverEvent(kernel, frame.from, frame.bytes, 0, frame.bytes.length));
                settle();
            }
        }
    }

    /** Keeps a copy of the messages that wait now on the links chosen, for {@link #replay}. */
    void copy(String name, BiPredicate<NodeId, NodeId> links) {
        copies.put(
                name,
                frames.stream()
                        .filter(frame -> links.test(frame.from, frame.to))
                        .toList());
    }

    /** Hands copied messages over, once more or late. */
    void replay(String name) {
        deliver(copies.get(name));
    }

    int drop(BiPredicate<NodeId, NodeId> links) {
        return take(links).size();
    }

    private List<Frame> take(BiPredicate<NodeId, NodeId> links) {
        List<Frame> taken = new ArrayList<>();
        for (Iterator<Frame> each = frames.iterator(); each.hasNext(); ) {
            Frame frame = each.next();
            if (links.test(frame.from, frame.to)) {
                taken.add(frame);
                each.remove();
            }
        }
        return taken;
    }

    // ---- Time

    /** Lets a node's timer expire; time goes on to its deadline at least, and no other timer expires for that. */
    void expire(NodeId id, String timer) {
        List<Deadline> deadlines = node(id).deadlines;
        for (int step = 0; step < STEPS_MAX; step++) {
            Deadline found = deadlines.stream()
                    .filter(each -> each.event.subject().endsWith(timer))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                say(id + " has no timer " + timer + " running");
                return;
            }
            deadlines.remove(found);
            if (found.event.ripen(found.sequence)) {
                nowNanos = Math.max(nowNanos, found.dueNanos);
                ready.add(found.event);
                settle();
                return;
            }
        }
        throw new IllegalStateException("a timer that never ripens: " + timer);
    }

    /** Lets time go on, and all timers expire that come due. */
    void advance(long nanos) {
        long end = nowNanos + nanos;
        for (int step = 0; step < STEPS_MAX; step++) {
            Node next = null;
            Deadline first = null;
            for (Node node : nodes.values()) {
                for (Deadline each : node.deadlines) {
                    if (each.dueNanos <= end && (first == null || isBefore(each, first))) {
                        first = each;
                        next = node;
                    }
                }
            }
            if (first == null) {
                nowNanos = end;
                return;
            }
            next.deadlines.remove(first);
            if (first.event.ripen(first.sequence)) {
                nowNanos = Math.max(nowNanos, first.dueNanos);
                ready.add(first.event);
                settle();
            }
        }
        throw new IllegalStateException("too much happens in " + nanos + " ns");
    }

    private static boolean isBefore(Deadline one, Deadline other) {
        return one.dueNanos < other.dueNanos || one.dueNanos == other.dueNanos && one.sequence < other.sequence;
    }

    private long wallMillis() {
        return WALL_MILLIS + nowNanos / 1_000_000;
    }

    /** Does all that needs no time. */
    void settle() {
        for (int step = 0; !ready.isEmpty(); step++) {
            if (step > STEPS_MAX) {
                throw new IllegalStateException("it never comes to rest");
            }
            NodeEvent event = ready.poll();
            event.node().run(event, node(event.node().self()).localNanos(nowNanos), wallMillis());
            event.node().checkInvariants();
            NodeId id = event.node().self();
            if (isUp(id) && node(id).kernel.protocol() != null) {
                invariants.observe(id, group(id));
            }
        }
    }

    // ---- The world of the nodes

    @Override
    public long nextSequence() {
        return sequence++;
    }

    @Override
    public void schedule(NodeEvent event, long dueNanos, long eventSequence) {
        if (event.kind() == NodeEvent.Kind.EXPIRE) {
            Node node = node(event.node().self());
            node.deadlines.add(new Deadline(event, node.trueNanos(dueNanos), eventSequence));
        } else {
            ready.add(event);
        }
    }

    @Override
    public void sending(NodeKernel from, NodeId to, Channel channel, Object message) {
        say(from.self() + " -> " + to + "  " + Words.of(message));
    }

    @Override
    public boolean transmit(NodeKernel from, NodeId to, Delivery delivery, byte[] frame, int length) {
        if (nodes.containsKey(to)) {
            frames.add(new Frame(from.self(), to, Arrays.copyOf(frame, length)));
        }
        return true;
    }

    @Override
    public Storage storage(NodeKernel node, String path) {
        return node(node.self()).disk.scope(node, path);
    }

    @Override
    public Trace trace(NodeKernel node, String path) {
        return new Trace() {
            @Override
            public boolean isOn() {
                return true;
            }

            @Override
            public void transition(String what, String why) {
                say(node.self() + " " + what + ": " + why);
            }

            @Override
            public void reached(Mark mark) {
                say(node.self() + " reached " + mark.name());
            }
        };
    }

    @Override
    public void halted(NodeKernel node, Throwable why) {
        say(node.self() + " halts: " + why.getMessage());
        Node halted = node(node.self());
        halted.kernel = null;
        halted.deadlines.clear();
    }
}
