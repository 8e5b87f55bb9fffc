package io.orrery.sim;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import io.orrery.sim.choice.Choices;
import io.orrery.sim.choice.Spread;
import io.orrery.sim.event.Agenda;

/**
 * What may befall one machine beside plain crashes and pauses: power that fails at a chosen moment, work that takes time, a
 * wall clock that is wrong. From {@link Simulation#machine}; for the simulation's thread.
 */
public final class Machine {
    private final SimNode node;
    private final Agenda agenda;
    private final Choices choices;

    Machine(SimNode node, Agenda agenda, Choices choices) {
        this.node = node;
        this.agenda = agenda;
        this.choices = choices;
    }

    /** Crashes the node at a drawn moment of its next sync, when its disk has something to lose. */
    public void crashWhileSyncing() {
        whileSyncing(node::crash);
    }

    /** Lets something happen at a drawn moment of the node's next sync, if its present incarnation lives to see it. */
    public void whileSyncing(Runnable action) {
        int incarnation = node.incarnation();
        node.disk().duringNextSync(() -> {
            if (node.isUp() && node.incarnation() == incarnation) {
                action.run();
            }
        });
    }

    /** The node loses power right after so many more events, if its present incarnation lives to see them. */
    public void crashAfterEvents(int count) {
        Check.argument(count > 0, "a crash comes after an event at least");
        node.crashAfterEvents(count);
    }

    /**
     * The node loses power right after it has issued so many more operations that change its disk, if its present
     * incarnation lives to see them: in the middle of an event, of which the rest changes nothing.
     */
    public void crashAfterWrites(int count) {
        Check.argument(count > 0, "a crash comes after a write at least");
        node.disk().afterChanges(count, node::crash);
    }

    /** Calls off a crash that still waits for an event, a write or a sync. */
    public void callOffCrash() {
        node.crashAfterEvents(0);
        node.disk().afterChanges(0, null);
        node.disk().duringNextSync(null);
    }

    /**
     * Charges simulated time to each event of the node for a while: its events run one after another, and what comes due
     * meanwhile waits.
     *
     * @param cost of an event
     */
    public void burden(Spread cost, long forNanos) {
        Check.argument(forNanos >= 0, "a while is not negative");
        node.burden(
                cost,
                agenda.nowNanos() + forNanos,
                node.burden() == null ? choices.stream("burden " + node.id()) : null);
    }

    /** The node's clocks run fast (positive) or slow from now on, by {@code ppm} parts per million. */
    public void drift(int ppm) {
        node.drift(ppm);
    }

    /** What the node's monotonic clock shows at this moment, also while the node is paused and does not look. */
    public long nowNanos() {
        return node.localNanos();
    }

    /** The node's wall clock jumps forward (positive) or back. */
    public void stepWall(long nanos) {
        node.clock().stepWall(nanos);
    }

    /** The node's wall clock shows the true time, but for an error of so much. */
    public void skewWall(long nanos) {
        long truth = Time.millis(SimNode.WALL_ORIGIN_MILLIS) + agenda.nowNanos();
        node.clock().stepWall(truth + nanos - node.clock().wallNanosAt(agenda.nowNanos()));
    }
}
