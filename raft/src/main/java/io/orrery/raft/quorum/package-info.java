/**
 * Arithmetic of majorities: pure, without messages, time or storage, and enumerated exhaustively in tests.
 *
 * <p>Start with {@link io.orrery.raft.quorum.Majority}, then {@link io.orrery.raft.quorum.JointQuorum}.
 */
package io.orrery.raft.quorum;
