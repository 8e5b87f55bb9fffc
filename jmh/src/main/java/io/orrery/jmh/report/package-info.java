/**
 * Runs benchmarks and writes down what came out: a JSON file that names machine, JDK and flags, and a table with the
 * ratios between peers. A figure without its spread is not printed.
 *
 * <p>Start with {@link io.orrery.jmh.report.MatchReport}.
 */
package io.orrery.jmh.report;
