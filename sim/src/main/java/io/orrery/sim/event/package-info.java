/**
 * World time: the agenda of everything yet to happen, and each node's own clocks as functions of it.
 *
 * <p>Nothing here knows networks, disks or protocols, and nothing here draws random numbers.
 *
 * <p>Start with {@link io.orrery.sim.event.Agenda}.
 */
package io.orrery.sim.event;
