/**
 * The airlock: the only package of the kernel with threads, clocks and files. It runs a node in production.
 *
 * <p>Start with {@link io.orrery.kernel.host.NodeThread}; transports implement {@link io.orrery.kernel.host.Transport}.
 */
package io.orrery.kernel.host;
