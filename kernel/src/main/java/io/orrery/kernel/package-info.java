/**
 * The contract between a protocol and its world: {@link io.orrery.kernel.Kernel}, and the words it is made of.
 *
 * <p>A protocol is written once against this package and runs unchanged in the simulator, over TCP and over Aeron. The
 * package is pure: no threads, clocks, files, sockets, randomness or unordered iteration but through a {@code Kernel};
 * {@code PurityTest} holds it to that.
 *
 * <p>Start with {@link io.orrery.kernel.Kernel} and its four laws, then {@link io.orrery.kernel.Protocol}.
 */
package io.orrery.kernel;
