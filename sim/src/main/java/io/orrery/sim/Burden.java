package io.orrery.sim;

import io.orrery.kernel.Check;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.choice.Spread;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldEvent;
import io.orrery.sim.network.Loss;
import java.util.ArrayDeque;

/**
 * Time that a node's events take: each keeps the node busy for a drawn while, and what comes due meanwhile waits its turn,
 * first come first served, and sees the clock of the moment it runs. An event's effects leave when it begins, and what it
 * defers runs at once and adds to the time: one turn of a node's thread reads the clock once.
 *
 * <ul>
 *   <li>I1: a busy node runs nothing but what its last event deferred.
 *   <li>I2: an event that waited keeps the sequence it had, which is how a timer knows its entry.
 *   <li>I3: one entry of the agenda wakes the node, while any event waits; one that a crash left over does nothing.
 * </ul>
 */
final class Burden extends WorldEvent {
    /** Frames that wait at most; then streams wait in the network, and datagrams are lost. */
    static final int FRAMES_MAX = 1024;

    private static final long LUCK_BOUND = 1L << 32;

    private final Simulation sim;
    private final Agenda agenda;
    private final SimNode node;
    private final ChoiceStream luck;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private Spread cost;
    private long untilNanos;
    private long freeNanos;
    private int frames;
    private long wakeNanos;
    private boolean queued;

    Burden(Simulation sim, Agenda agenda, SimNode node, ChoiceStream luck) {
        this.sim = sim;
        this.agenda = agenda;
        this.node = node;
        this.luck = luck;
    }

    /** From now until {@code untilNanos} each event takes a while of this spread; replaces what held before. */
    void begin(Spread each, long until) {
        cost = each;
        untilNanos = until;
    }

    /** Events take no time any more, and what waits runs now. */
    void end() {
        untilNanos = 0;
        freeNanos = agenda.nowNanos();
        queued = false;
        maybeQueue();
    }

    boolean isBusy() {
        return !waiting.isEmpty() || agenda.nowNanos() < freeNanos;
    }

    /** Whether streams had better wait in the network. */
    boolean isFull() {
        return frames >= FRAMES_MAX;
    }

    /** An event of the node's own waits its turn. */
    void add(NodeEvent event, long sequence) {
        enqueue(new Waiting(event, sequence, 0));
    }

    /** A frame waits its turn, if there is room. */
    void addFrame(NodeEvent arrival, long message) {
        if (isFull()) {
            sim.journal().lost(message, Loss.OVERFLOWN);
            return;
        }
        frames++;
        enqueue(new Waiting(arrival, 0, message));
    }

    private void enqueue(Waiting event) {
        waiting.add(event);
        maybeQueue();
    }

    /** An event of the node has run. */
    void onRun() {
        if (agenda.nowNanos() < untilNanos && node.isUp()) {
            freeNanos = Math.max(agenda.nowNanos(), freeNanos) + cost.nanos(luck.next(LUCK_BOUND));
        }
    }

    private void maybeQueue() {
        if (!queued && !waiting.isEmpty()) {
            queued = true;
            wakeNanos = Math.max(agenda.nowNanos(), freeNanos);
            agenda.push(wakeNanos, this);
        }
    }

    /** The node may be free: the first of those that wait runs. */
    @Override
    public void happen(long sequence) {
        if (!queued || agenda.nowNanos() != wakeNanos) {
            return;
        }
        queued = false;
        if (node.held().isHolding()) {
            return;
        }
        if (agenda.nowNanos() < freeNanos) {
            maybeQueue();
            return;
        }
        Waiting first = waiting.poll();
        Check.that(first != null, "I3: the node is woken while an event waits");
        boolean wasFull = isFull();
        if (first.message != 0) {
            frames--;
        }
        Check.that(frames >= 0, "what leaves has waited", frames);
        sim.onTurn(node, first.event, first.sequence, first.message);
        maybeQueue();
        if (wasFull && !isFull()) {
            sim.network().onResume(node.index());
        }
    }

    /** The node runs again after a pause. */
    void onResume() {
        maybeQueue();
    }

    /** What waits is never run; the next incarnation starts at leisure, and then bears the same. */
    void onCrash() {
        for (Waiting event : waiting) {
            if (event.message != 0) {
                sim.journal().lost(event.message, Loss.DOWN);
            }
        }
        waiting.clear();
        frames = 0;
        queued = false;
        freeNanos = agenda.nowNanos();
    }

    /**
     * An event whose turn has not come.
     *
     * @param message that it delivers; 0 for an event of the node's own
     */
    private record Waiting(NodeEvent event, long sequence, long message) {}
}
