/**
 * Makes a failing scenario small: takes fault lines, operations, nodes and time out of it as long as what is left fails for
 * the same reason, until nothing more can go.
 *
 * <p>Runs are values: a candidate is a {@link io.orrery.sim.scenario.Scenario}, a {@link io.orrery.sim.shrink.Subject} runs
 * it, and what is kept depends neither on threads nor on how fast they are, unless time ends the search. Nothing here knows
 * workloads, files or clocks.
 *
 * <p>Start with {@link io.orrery.sim.shrink.Shrinker}; each {@link io.orrery.sim.shrink.Reduction} is a way to make a
 * scenario smaller, and {@link io.orrery.sim.shrink.Trials} decides whether a smaller one will do.
 */
package io.orrery.sim.shrink;
