/**
 * Search that learns from its runs, in place of seed after seed: runs that got into abstract states that few got into are kept,
 * with all their decisions, and run again with another future from such a state on.
 *
 * <p>An {@link io.orrery.sim.explore.Attempt} is a run to make, a {@link io.orrery.sim.explore.Trial} one that was made. What
 * is found depends on the first seed and the number of runs alone, whatever the number of threads. No thread is started here
 * and no clock is read.
 *
 * <p>Start with {@link io.orrery.sim.explore.Explorer}, then {@link io.orrery.sim.explore.Mutator}.
 */
package io.orrery.sim.explore;
