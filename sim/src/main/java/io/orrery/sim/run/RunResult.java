package io.orrery.sim.run;

import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.TraceHash;
import io.orrery.sim.Failure;
import io.orrery.sim.coverage.Footprint;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.List;
import java.util.SortedMap;

/**
 * What a run came to.
 *
 * @param scenario that reproduces it: its text alone leads to the same {@code traceHash}
 * @param traceHash equal for two runs that took the same steps
 * @param events of nodes
 * @param simulatedNanos world time that passed
 * @param faults injected, by kind
 * @param marks rare situations reached, with how often
 * @param strikes of the scenario's hunts, as lines that a plan could have in their place
 * @param footprint abstract states that it got into; {@link Footprint#NONE} unless {@link Runner#runSketched} ran it
 * @param failure what went wrong; null if nothing did
 */
public record RunResult(
        Scenario scenario,
        long traceHash,
        long events,
        long simulatedNanos,
        SortedMap<String, Long> faults,
        SortedMap<Mark, Long> marks,
        List<TimedFault> strikes,
        Footprint footprint,
        Failure failure) {
    public long seed() {
        return scenario.seed();
    }

    public boolean isOk() {
        return failure == null;
    }

    RunResult withFootprint(Footprint seen) {
        return new RunResult(scenario, traceHash, events, simulatedNanos, faults, marks, strikes, seen, failure);
    }

    @Override
    public String toString() {
        return "seed " + seed() + " hash " + TraceHash.hex(traceHash) + (isOk() ? " ok" : " " + failure);
    }
}
