/**
 * Raft's safety properties as a checker that is shown every replica after every event. It only looks: it knows no
 * simulator, sends nothing and changes nothing.
 *
 * <p>Start with {@link io.orrery.raft.check.RaftInvariants}.
 */
package io.orrery.raft.check;
