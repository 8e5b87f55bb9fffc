package io.orrery.sim.shrink;

/**
 * What shrinking came to.
 *
 * @param original the run that it began with, with its scenario spelt out
 * @param smallest the smallest run found that fails for the same reason
 * @param isMinimal whether a last pass tried to leave out each fault line, each operation and each node of it alone, and
 *     nothing of that fails for the same reason any more
 * @param runs it took
 * @param events of nodes in all of them
 */
public record Shrunk(Attempt original, Attempt smallest, boolean isMinimal, long runs, long events) {}
