/**
 * One node's event loop without its world: ordering, timers, ports and scopes, the same code in the simulator and in
 * production. Pure.
 *
 * <p>Start with {@link io.orrery.kernel.loop.NodeKernel}; a host implements {@link io.orrery.kernel.loop.World}.
 */
package io.orrery.kernel.loop;
