/**
 * Raft (Ongaro and Ousterhout, 2014; "the dissertation" is Ongaro's of the same year): replicated groups on one shared
 * write-ahead log per node.
 *
 * <p>Start with {@link io.orrery.raft.RaftGroup}. Wire form in {@code message}, disk form in {@code log}, pure leaves in
 * {@code quorum} and {@code progress}. Nothing here knows what a command means.
 */
package io.orrery.raft;
