/**
 * All chance of the simulated world, as numbered choices of named streams.
 *
 * <p>A link, a disk, a clock, a workload: each draws from a {@link io.orrery.sim.choice.ChoiceStream} of its own, so that a
 * draw more in one shifts nothing in another. A {@link io.orrery.sim.choice.Tape} may hear every choice, and may decide it:
 * that is how runs are recorded, replayed without their seed, and mutated. Nothing else in the simulator draws.
 *
 * <p>Start with {@link io.orrery.sim.choice.Choices}.
 */
package io.orrery.sim.choice;
