/**
 * The bridge to Jepsen's tools: a process that speaks Maelstrom's protocol and hosts the same kernel as every other
 * world, and histories with their checkers.
 *
 * <p>Start with {@link io.orrery.jepsen.MaelstromMain}; then {@code maelstrom} (the protocol and the world), {@code peer}
 * (streams over a network that reorders and drops), {@code workload} (what is answered), {@code history} (what is checked).
 * Impure: this is a host, not a protocol.
 */
package io.orrery.jepsen;
