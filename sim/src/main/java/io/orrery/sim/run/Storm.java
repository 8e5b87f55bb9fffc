package io.orrery.sim.run;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Checker;
import io.orrery.sim.Simulation;

/**
 * That protocols do not feed on themselves: an answer that asks for the next answer, a task that defers itself. Time hardly
 * goes on then, or each second takes longer than the last; without this the run would never end and nobody be told why.
 *
 * <ul>
 *   <li>T1: in a second of simulated time no more than {@value #EVENTS_MAX} events run for each node, and
 *       {@value #EVENTS_OF_OPERATION_MAX} for each of its operations. A clean build stays below a seventh of it.
 * </ul>
 */
final class Storm implements Checker {
    static final int EVENTS_MAX = 20_000;
    static final int EVENTS_OF_OPERATION_MAX = 100;

    private final long eventsMax;
    private long sinceNanos;
    private long eventsBefore;

    Storm(int operationsPerSecond) {
        this.eventsMax = EVENTS_MAX + (long) EVENTS_OF_OPERATION_MAX * operationsPerSecond;
    }

    @Override
    public void afterEvent(Simulation sim, NodeId node) {
        long events = sim.eventCount() - eventsBefore;
        if (sim.nowNanos() - sinceNanos >= Time.seconds(1)) {
            sinceNanos = sim.nowNanos();
            eventsBefore = sim.eventCount();
        } else if (events > eventsMax * sim.nodes().size()) {
            throw new Check.Violation("T1: a storm: " + events + " events within a second of simulated time");
        }
    }
}
