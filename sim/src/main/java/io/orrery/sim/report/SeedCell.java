package io.orrery.sim.report;

import java.util.BitSet;

/**
 * What the wall keeps of a run; small, as there are many.
 *
 * @param verdict number of its word in {@link SeedWall#VERDICTS}
 * @param workload number of its name
 * @param millis world time that passed
 * @param states abstract states that it got into
 * @param freshStates those of them that no seed before it had been in
 * @param failure the broken claim with its place; empty if there was none
 * @param faults numbers of the kinds that were injected
 * @param marks numbers of the situations that were reached
 */
record SeedCell(
        long seed,
        int verdict,
        int workload,
        int nodes,
        long events,
        long millis,
        int states,
        int freshStates,
        String failure,
        BitSet faults,
        BitSet marks) {}
