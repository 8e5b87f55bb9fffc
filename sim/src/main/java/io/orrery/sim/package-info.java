/**
 * The deterministic simulator: one {@link io.orrery.sim.Simulation} is a whole world of nodes in one thread.
 *
 * <p>It hosts the same {@link io.orrery.kernel.loop.NodeKernel} as production does and implements
 * {@link io.orrery.kernel.loop.World} for each node. No clock, thread, file or socket of the machine is touched, and all
 * chance comes from one seed.
 *
 * <p>Start with {@link io.orrery.sim.Simulation}, then {@link io.orrery.sim.network.Network} and
 * {@link io.orrery.sim.disk.SimDisk}.
 */
package io.orrery.sim;
