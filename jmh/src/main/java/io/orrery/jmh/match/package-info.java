/**
 * Topic matching: one workload by a fixed seed, three matchers that must agree on it, and the benchmark that times them.
 * Each call includes reading the topic's levels from its text. Must not tune a peer down: each is called as its own
 * broker calls it.
 *
 * <p>Start with {@link io.orrery.jmh.match.TopicShape}, then {@link io.orrery.jmh.match.MatchBenchmark}.
 */
package io.orrery.jmh.match;
