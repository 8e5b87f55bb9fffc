package io.orrery.sim.coverage;

/**
 * How much of what can happen a batch of runs saw.
 *
 * @param states different abstract states that runs got into; an estimate if not every state is held
 * @param lastRuns the last runs of the batch: at most {@link CoverageTally#LAST_RUNS}
 * @param newInLast states that these were the first to get into
 * @param sampledOneIn one of so many states is held, and counts for them all; 1 unless there are more than the table holds
 */
public record CoverageSummary(long states, long lastRuns, long newInLast, long sampledOneIn) {}
