package io.orrery.sim;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldAction;
import io.orrery.sim.network.Network;

/**
 * Stretches in which nodes run nothing.
 *
 * <ul>
 *   <li>I1: what a node is given back on resuming comes before all else of that moment.
 * </ul>
 */
final class Pauses {
    private final Agenda agenda;
    private final Network network;
    private final Journal journal;
    private long resumedSequence = Long.MIN_VALUE;

    Pauses(Agenda agenda, Network network, Journal journal) {
        this.agenda = agenda;
        this.network = network;
        this.journal = journal;
    }

    /** A node that is up runs nothing for a while, or for longer than it would have. */
    void begin(SimNode node, long nanos) {
        Check.argument(nanos >= 0, "a pause is not negative");
        if (node.isUp()) {
            journal.life(node.id(), Observer.Life.PAUSE, journal.isOn() ? Time.text(nanos) : "");
            node.held().holdUntil(agenda.nowNanos() + nanos);
            agenda.push(node.held().untilNanos(), new WorldAction(() -> maybeEnd(node)));
        }
    }

    private void maybeEnd(SimNode node) {
        if (agenda.nowNanos() >= node.held().untilNanos()) {
            end(node);
        }
    }

    /** Ends the node's pause, if it is paused. */
    void end(SimNode node) {
        if (node.held().isHolding()) {
            journal.life(node.id(), Observer.Life.RESUME, "");
            int count = node.held().size();
            node.held().release(resumedSequence);
            resumedSequence += count;
            if (node.burden() != null) {
                node.burden().onResume();
            }
            network.onResume(node.index());
        }
    }
}
