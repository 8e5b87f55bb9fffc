package io.orrery.sim.coverage;

/**
 * How much of what can happen a batch of runs saw.
 *
 * @param states different abstract states that runs got into
 * @param lastRuns the last runs of the batch: at most {@link CoverageTally#LAST_RUNS}
 * @param newInLast states that these were the first to get into
 * @param leftOut states for which there was no room; 0 unless the limit was reached
 */
public record CoverageSummary(long states, long lastRuns, long newInLast, long leftOut) {}
