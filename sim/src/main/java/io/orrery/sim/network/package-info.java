/**
 * The simulated network: directed links between nodes, each with its own policy and its own random stream.
 *
 * <p>A link's draws depend on the seed and the link's name alone, so that a fault on one link shifts nothing on another.
 * Frames are opaque here; nothing is decoded.
 *
 * <p>Start with {@link io.orrery.sim.network.Network}; {@link io.orrery.sim.network.StreamPipe} is the connection.
 */
package io.orrery.sim.network;
