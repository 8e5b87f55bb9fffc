/**
 * Sealed frames: what one node sends another, encrypted and authenticated under a key that the cluster's nodes share. Pure:
 * the ciphers themselves are the host's ({@link io.orrery.kernel.seal.Cipherer}), so that every world, the simulator among
 * them, seals and opens by the same code. Why it is shaped like this: docs/adr/0017-sealed-frames.md.
 *
 * <p>Nothing here knows a socket, a file or a clock, and nothing throws for what came from outside: what does not open is a
 * {@link io.orrery.kernel.seal.SealFault}. Start with {@link io.orrery.kernel.seal.SealHeader}, then
 * {@link io.orrery.kernel.seal.StreamSealer} and {@link io.orrery.kernel.seal.DatagramOpener}.
 */
package io.orrery.kernel.seal;
