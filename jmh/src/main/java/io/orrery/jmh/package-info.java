/**
 * Benchmarks, run by JMH from the module's runnable jar. Not part of any product; what they claim is in
 * {@code jmh/README.md}, with machine, JDK and flags named.
 *
 * <p>Start with {@link io.orrery.jmh.match.MatchBenchmark}, which sets Orrery beside two other Java brokers.
 */
package io.orrery.jmh;
