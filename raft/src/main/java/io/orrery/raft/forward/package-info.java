/**
 * Proposing on any node of a group: finds the leader, brings the outcome back, and never repeats a command that may have
 * taken effect. What may be repeated is a session's: see {@code session}.
 *
 * <p>Start with {@link io.orrery.raft.forward.ProposalForwarder}.
 */
package io.orrery.raft.forward;
