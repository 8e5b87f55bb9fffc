package io.orrery.sim;

import io.orrery.kernel.loop.NodeEvent;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldEvent;
import io.orrery.sim.network.Loss;
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
    private static final long NO_MESSAGE = 0;

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
        events.add(new Resumed(event, sequence, NO_MESSAGE));
    }

    /** Keeps a datagram, if there is room. */
    void addFrame(NodeEvent event, long message) {
        if (datagrams == DATAGRAMS_MAX) {
            datagramsLost++;
            sim.journal().lost(message, Loss.OVERFLOWN);
            return;
        }
        datagrams++;
        events.add(new Resumed(event, NO_SEQUENCE, message));
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

    /** What waited is never read. */
    void onCrash() {
        for (Resumed event : events) {
            if (event.message != NO_MESSAGE) {
                sim.journal().lost(event.message, Loss.DOWN);
            }
        }
        clear();
    }

    private void clear() {
        events.clear();
        datagrams = 0;
        holding = false;
    }

    /** An event given back. */
    private final class Resumed extends WorldEvent {
        private final NodeEvent event;
        private final long heldSequence;
        private final long message;

        Resumed(NodeEvent event, long heldSequence, long message) {
            this.event = event;
            this.heldSequence = heldSequence;
            this.message = message;
        }

        @Override
        public void happen(long sequence) {
            if (message == NO_MESSAGE) {
                sim.onDue(event, heldSequence);
            } else {
                sim.onHeldFrame(event, message);
            }
        }
    }
}
