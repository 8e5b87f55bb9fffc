package io.orrery.sim;

import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldEvent;
import java.util.ArrayDeque;

/**
 * What came due for a node while it was paused. On resuming it is put back on the agenda, ahead of everything else of that
 * moment and in the order it came due.
 *
 * <ul>
 *   <li>I1: an event given back keeps the sequence it had, which is how a timer knows its entry.
 * </ul>
 */
final class HeldEvents {
    /** A socket buffer's worth of datagrams; more are lost. */
    static final int DATAGRAMS_MAX = 1024;

    private static final long NO_SEQUENCE = -1;

    private final Simulation sim;
    private final Agenda agenda;
    private final ArrayDeque<Resumed> events = new ArrayDeque<>();
    private boolean holding;
    private long untilNanos;
    private int datagrams;
    private long datagramsLost;

    HeldEvents(Simulation sim, Agenda agenda) {
        this.sim = sim;
        this.agenda = agenda;
    }

    boolean isHolding() {
        return holding;
    }

    /** World time until which events are held. */
    long untilNanos() {
        return untilNanos;
    }

    long datagramsLost() {
        return datagramsLost;
    }

    void holdUntil(long nanos) {
        untilNanos = holding ? Math.max(untilNanos, nanos) : nanos;
        holding = true;
    }

    /** Keeps an event of the node's own. */
    void add(NodeEvent event, long sequence) {
        events.add(new Resumed(event, sequence));
    }

    /** Keeps a datagram, if there is room. */
    void addDatagram(DeliverEvent event) {
        if (datagrams == DATAGRAMS_MAX) {
            datagramsLost++;
            return;
        }
        datagrams++;
        add(event, NO_SEQUENCE);
    }

    /** Gives everything back to the agenda. */
    void release(long firstSequence) {
        long sequence = firstSequence;
        for (Resumed event : events) {
            agenda.push(agenda.nowNanos(), sequence++, event);
        }
        clear();
    }

    int size() {
        return events.size();
    }

    void clear() {
        events.clear();
        datagrams = 0;
        holding = false;
    }

    /** An event given back. */
    private final class Resumed extends WorldEvent {
        private final NodeEvent event;
        private final long heldSequence;

        Resumed(NodeEvent event, long heldSequence) {
            this.event = event;
            this.heldSequence = heldSequence;
        }

        @Override
        public void happen(long sequence) {
            sim.onDue(event, heldSequence);
        }
    }
}
