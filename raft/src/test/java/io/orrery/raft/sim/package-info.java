/**
 * Whole clusters in the simulator: elections, replication, membership, forwarding; the burn, and the bugs that it must find.
 *
 * <p>Start with {@link io.orrery.raft.sim.RaftCluster}; {@link io.orrery.raft.sim.Burn} is one run under turmoil.
 */
package io.orrery.raft.sim;
