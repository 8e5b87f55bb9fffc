/**
 * Client sessions (dissertation, section 6.3): a command that is proposed again takes effect once, and its proposer gets the
 * first result, across changes of the leader, restarts and snapshots.
 *
 * <p>On every replica {@link io.orrery.raft.session.SessionedStateMachine} wraps the state machine; at the clients
 * {@link io.orrery.raft.session.SessionClient} numbers commands and repeats them until it learns their end. Start with the first. What
 * sessions hold is part of the replicated state: nothing here may depend on a clock, on chance, or on who leads.
 */
package io.orrery.raft.session;
