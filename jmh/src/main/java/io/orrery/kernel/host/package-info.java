/**
 * A door to the host's inbox, which only its own package may use. Nothing else belongs here: see
 * {@link io.orrery.jmh.InboxBenchmark}.
 */
package io.orrery.kernel.host;
