/**
 * Proposing on any node
 *
 * <p>Start with {@link io.orrery.raft.forward. finds the leader, brings the outcome back, never repeats what may have happened.:ProposalForwarder}.
 */
package io.orrery.raft.forward;
