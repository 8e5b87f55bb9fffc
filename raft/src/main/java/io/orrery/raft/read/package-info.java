/**
 * Reads that do not go through the log and are linearizable all the same (dissertation, section 6.4): what waits, which
 * rounds have shown that a leader still leads, how long that lasts by a clock. Leaves that decide nothing and send nothing;
 * {@code io.orrery.raft.Reads} drives them.
 *
 * <p>Start with {@link io.orrery.raft.read.Read} and {@link io.orrery.raft.read.ReadKind}; the argument for leases is on
 * {@link io.orrery.raft.read.Lease}.
 */
package io.orrery.raft.read;
