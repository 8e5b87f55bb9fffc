/**
 * Maelstrom's protocol, and the world of a node that lives on standard input and output: the fourth world of the kernel,
 * beside the simulator, TCP and Aeron.
 *
 * <p>Start with {@link io.orrery.jepsen.maelstrom.MaelstromLoop}, the one thread that does everything;
 * {@link io.orrery.jepsen.maelstrom.MaelstromWorld} is what the kernel sees. What requests mean is decided in
 * {@code workload}.
 */
package io.orrery.jepsen.maelstrom;
