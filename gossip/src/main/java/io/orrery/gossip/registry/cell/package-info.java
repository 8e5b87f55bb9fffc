/**
 * The registry's state, and how two states become one: cells, the order between them, vectors of what was seen. Pure data: no
 * kernel, no messages, no time but stamps that are handed in.
 *
 * <p>Start with {@link io.orrery.gossip.registry.cell.CellStore}, which states the formula of convergence, then
 * {@link io.orrery.gossip.registry.cell.CellOrder}: who wins, and why. {@link io.orrery.gossip.registry.cell.Versions} is
 * what a replica has seen, {@link io.orrery.gossip.registry.cell.CellTable} where a million cells lie.
 */
package io.orrery.gossip.registry.cell;
