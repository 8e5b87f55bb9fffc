/**
 * What the replicas of a simulated Raft group did, step by step, in the protocol's own words: for checkers outside, such as
 * TLC with the specification in raft/src/test/tla, and for scripts.
 *
 * <p>It watches a run by {@link io.orrery.sim.Observer} and by the views that replicas have anyway, so neither the run nor
 * the protocol knows of it. Nothing here may judge a step: that is the specification's part.
 *
 * <p>Start with {@link io.orrery.server.rafttrace.Step}, the vocabulary; {@link io.orrery.server.rafttrace.RaftTracer} makes
 * the lines. docs/TLA.md has it all in one place.
 */
package io.orrery.server.rafttrace;
