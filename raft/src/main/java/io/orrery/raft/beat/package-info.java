/**
 * What two nodes that share Raft groups say to one another once in a heartbeat interval, instead of every group for itself:
 * that they live, the heartbeats of all groups that have nothing else to say, and what they know of groups that sleep.
 *
 * <p>The records decide nothing. Start at {@link io.orrery.raft.beat.Beats}; {@code raft.Heart} sends and takes them.
 */
package io.orrery.raft.beat;
