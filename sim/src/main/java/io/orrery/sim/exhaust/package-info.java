/**
 * All runs of a small cluster, instead of many: each order in which messages arrive and timers fire, each loss and each crash,
 * up to bounds. The nodes are the real ones, on the same kernel; only the world is another one, without time and chance.
 *
 * <p>A run is a list of {@link io.orrery.sim.exhaust.Move}s. To look at what follows a state its moves are made anew from the
 * beginning, so nothing needs to be copied and nothing can be left out.
 *
 * <p>Start with {@link io.orrery.sim.exhaust.Enumeration}, then {@link io.orrery.sim.exhaust.SmallWorld}.
 */
package io.orrery.sim.exhaust;
