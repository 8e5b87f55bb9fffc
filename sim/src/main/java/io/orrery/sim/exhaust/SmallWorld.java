package io.orrery.sim.exhaust;

import static io.orrery.sim.coverage.AbstractState.fold;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Storage;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.TaskEvent;
import io.orrery.kernel.loop.World;
import io.orrery.kernel.trace.StateDigest;
import io.orrery.kernel.trace.Trace;
import io.orrery.sim.exhaust.Move.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cluster that does nothing of itself: each {@link Move} is made from outside. Within a move all that needs no time is done to
 * the end: deferred tasks, storage, messages to oneself.
 *
 * <ul>
 *   <li>I1: a world is a function of its model and of the moves made.
 *   <li>I2: time stands still but where a timer fires; that may be later than other timers are due, never sooner.
 * </ul>
 */
final class SmallWorld implements World {
    private static final int STEPS_MAX = 100_000;
    private static final long WALL_MILLIS = 1_577_836_800_000L;

    /** A frame on its way. */
    private record Frame(int from, int to, boolean isStream, byte[] bytes) {}

    private final Model model;
    private final List<SmallNode> nodes = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final ArrayDeque<NodeEvent> now = new ArrayDeque<>();
    private final int[] made = new int[Kind.values().length];
    private long nowNanos = 1;
    private long sequence;
    private Throwable broken;
    private NodeId brokenAt;

    SmallWorld(Model model, List<NodeId> ids) {
        this.model = model;
        for (NodeId id : ids) {
            nodes.add(new SmallNode(id));
        }
        for (SmallNode node : nodes) {
            boot(node);
        }
        settle();
    }

    private void boot(SmallNode node) {
        node.lives++;
        node.kernel = new NodeKernel(node.id, this, new Prng(1).fork(node.id + " " + node.lives));
        node.kernel.boot(model.program(node.id), nowNanos, wallMillis());
    }

    private long wallMillis() {
        return WALL_MILLIS + nowNanos / 1_000_000;
    }

    private SmallNode node(NodeKernel kernel) {
        return node(kernel.self());
    }

    private SmallNode node(NodeId id) {
        for (SmallNode node : nodes) {
            if (node.id.equals(id)) {
                return node;
            }
        }
        return null;
    }

    // What can happen, and what does

    /** All moves that are possible now, within the bounds, in a fixed order. */
    List<Move> moves(Bounds bounds) {
        List<Move> moves = new ArrayList<>();
        boolean delivers = made[Kind.DELIVER.ordinal()] < bounds.messages();
        boolean loses = made[Kind.LOSE.ordinal()] < bounds.losses();
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            int before = before(i);
            if (frame.isStream && before > 0) {
                continue;
            }
            NodeId from = nodes.get(frame.from).id;
            NodeId to = nodes.get(frame.to).id;
            if (delivers) {
                moves.add(new Move(Kind.DELIVER, to, from, before));
            }
            if (loses) {
                moves.add(new Move(Kind.LOSE, to, from, before));
            }
        }
        for (SmallNode node : nodes) {
            add(moves, Kind.EXPIRE, node, !node.timers.isEmpty() && made[Kind.EXPIRE.ordinal()] < bounds.timers());
            add(moves, Kind.CRASH, node, made[Kind.CRASH.ordinal()] < bounds.crashes());
            add(moves, Kind.OPERATE, node, made[Kind.OPERATE.ordinal()] < bounds.operations());
        }
        return moves;
    }

    private static void add(List<Move> moves, Kind kind, SmallNode node, boolean isPossible) {
        if (isPossible) {
            moves.add(new Move(kind, node.id, node.id, 0));
        }
    }

    /** How many frames of the same link are before it. */
    private int before(int index) {
        int before = 0;
        for (int i = 0; i < index; i++) {
            before += frames.get(i).from == frames.get(index).from && frames.get(i).to == frames.get(index).to ? 1 : 0;
        }
        return before;
    }

    /** Makes a move; false if it led to nothing, such as a timer that had been put off. */
    boolean make(Move move) {
        made[move.kind().ordinal()]++;
        SmallNode node = node(move.node());
        node.history = fold(node.history, move.kind().ordinal());
        boolean did = true;
        switch (move.kind()) {
            case DELIVER -> {
                Frame frame = frames.remove(indexOf(move));
                node.history = fold(fold(node.history, frame.from), Arrays.hashCode(frame.bytes));
                run(node, new DeliverEvent(node.kernel, move.from(), frame.bytes, 0, frame.bytes.length));
            }
            case LOSE -> lose(move);
            case EXPIRE -> did = expire(node);
            case CRASH -> crash(node);
            case OPERATE ->
                run(
                        node,
                        new TaskEvent(
                                node.kernel,
                                NodeEvent.Kind.OUTSIDE,
                                "operation",
                                () -> model.operate(node.id, node.kernel.protocol(), made[Kind.OPERATE.ordinal()])));
        }
        settle();
        return did;
    }

    private int indexOf(Move move) {
        int left = move.index();
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            boolean isOfLink = nodes.get(frame.from).id.equals(move.from())
                    && nodes.get(frame.to).id.equals(move.node());
            if (isOfLink && left-- == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is nothing to " + move);
    }

    /** A datagram; of a stream, all that is on it. */
    private void lose(Move move) {
        Frame lost = frames.remove(indexOf(move));
        if (lost.isStream) {
            frames.removeIf(frame -> frame.isStream && frame.from == lost.from && frame.to == lost.to);
        }
    }

    /** I2. An entry that is not ripe queues itself anew, and the next one is tried. */
    private boolean expire(SmallNode node) {
        while (!node.timers.isEmpty()) {
            SmallNode.Armed first = node.firstTimer();
            node.timers.remove(first);
            if (first.timer().ripen(first.sequence())) {
                nowNanos = Math.max(nowNanos, first.dueNanos());
                node.history = fold(fold(node.history, first.timer().digest()), nowNanos);
                run(node, first.timer());
                return true;
            }
        }
        return false;
    }

    private void crash(SmallNode node) {
        int index = nodes.indexOf(node);
        node.kernel.kill();
        node.timers.clear();
        node.disk.crash();
        frames.removeIf(frame -> frame.isStream && (frame.from == index || frame.to == index));
        boot(node);
    }

    private void run(SmallNode node, NodeEvent event) {
        if (broken == null && event.node() == node.kernel) {
            node.kernel.run(event, nowNanos, wallMillis());
            node.kernel.checkInvariants();
            if (broken == null && node.kernel.protocol() != null) {
                try {
                    model.check(node.id, node.kernel.protocol());
                } catch (Check.Violation violation) {
                    halted(node.kernel, violation);
                }
            }
        }
    }

    private void settle() {
        int steps = 0;
        while (!now.isEmpty() && broken == null) {
            Check.that(++steps <= STEPS_MAX, "what needs no time comes to an end", steps);
            NodeEvent event = now.poll();
            run(node(event.node()), event);
        }
    }

    /** What went wrong; null if nothing did. */
    String failure() {
        return broken == null ? null : (brokenAt + ": " + broken.getMessage());
    }

    /**
     * Tells states apart.
     *
     * @param isExact by all that ever happened to each node, else by what the nodes describe of themselves, their disks and the
     *     timers that run
     */
    long hash(boolean isExact) {
        long hash = Arrays.hashCode(made);
        for (SmallNode node : nodes) {
            hash = fold(hash, isExact ? node.history : described(node));
        }
        long sum = 0;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            long place = frame.isStream ? before(i) : -1;
            sum += fold(fold(frame.from * 64L + frame.to, place), Arrays.hashCode(frame.bytes));
        }
        return fold(hash, sum);
    }

    private static long described(SmallNode node) {
        long hash = fold(StateDigest.of(node.kernel.protocol()), node.disk.hash());
        long timers = 0;
        for (SmallNode.Armed armed : node.timers) {
            timers += Prng.mix(armed.timer().digest());
        }
        return fold(hash, timers);
    }

    // The kernel's side

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    @Override
    public void schedule(NodeEvent event, long dueNanos, long number) {
        SmallNode node = node(event.node());
        if (event.node() != node.kernel) {
            return;
        }
        if (event.kind() == NodeEvent.Kind.EXPIRE) {
            if (model.fires(event.subject())) {
                node.timers.add(new SmallNode.Armed(event, dueNanos, number));
            }
        } else {
            now.add(event);
        }
    }

    @Override
    public boolean transmit(NodeKernel from, NodeId to, Delivery delivery, byte[] frame, int length) {
        SmallNode target = node(to);
        if (target == null) {
            return false;
        }
        frames.add(new Frame(
                nodes.indexOf(node(from)),
                nodes.indexOf(target),
                delivery == Delivery.STREAM,
                Arrays.copyOf(frame, length)));
        return true;
    }

    @Override
    public Storage storage(NodeKernel kernel, String path) {
        return node(kernel).disk.open(kernel, path);
    }

    @Override
    public Trace trace(NodeKernel kernel, String path) {
        return Trace.OFF;
    }

    @Override
    public void halted(NodeKernel kernel, Throwable why) {
        if (broken == null) {
            broken = why;
            brokenAt = kernel.self();
        }
    }
}
