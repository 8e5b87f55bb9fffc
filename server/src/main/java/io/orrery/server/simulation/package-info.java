/**
 * Simulations of the whole cluster, and how they are run from the command line: threads for many seeds, progress, and the
 * summary. What happens inside a run is pure and single-threaded; this package brings the threads and the clocks.
 *
 * <p>Start with {@link io.orrery.server.simulation.ClusterWorkload} for what is demanded of a cluster, and with
 * {@link io.orrery.server.simulation.BurnSession} for how seeds are run.
 */
package io.orrery.server.simulation;
