/**
 * Nodes on one thread with neither wire nor disk nor faults: what a protocol costs by itself. Frames are encoded and decoded as
 * always; a storage keeps nothing, and completes in the next event. The world itself allocates nothing once it is warm, so what a
 * run allocates is the protocol's.
 *
 * <p>For benchmarks and for tests that count. It finds no bugs: that is what {@link io.orrery.sim.Simulation} is for.
 *
 * <p>Start with {@link io.orrery.sim.bare.BareWorld}.
 */
package io.orrery.sim.bare;
