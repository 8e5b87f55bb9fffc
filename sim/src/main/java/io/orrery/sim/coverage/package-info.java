/**
 * Which situations runs get into: each sampled moment of a run is reduced to an abstract state, a hash of what matters of it and
 * of nothing else, and states are counted. Runs that reach new ones are worth keeping; a burn that reaches none any more has
 * shown what it can.
 *
 * <p>Knows no protocol: a workload's {@link io.orrery.sim.coverage.Abstraction} says what matters of its nodes. Nothing here
 * changes a run.
 *
 * <p>Start with {@link io.orrery.sim.coverage.AbstractState}, then {@link io.orrery.sim.coverage.CoverageProbe}.
 */
package io.orrery.sim.coverage;
