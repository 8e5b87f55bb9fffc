/**
 * Runs scenarios: one at a time, or many seeds of one. After its faults a run demands that things come right: of a random
 * core of the nodes first, then of all.
 *
 * <p>No thread is started here and no clock is read: whoever burns many seeds brings {@link io.orrery.sim.run.Workers}.
 *
 * <p>Start with {@link io.orrery.sim.run.Workload} and {@link io.orrery.sim.run.Runner}.
 */
package io.orrery.sim.run;
