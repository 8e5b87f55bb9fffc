/**
 * The benchmarks behind {@code orrery bench}: whole systems over real sockets and disks, or simulated; what a single
 * data structure costs is measured in the jmh module. Each prints what durability and batching its figures had.
 *
 * <p>Start with {@link io.orrery.server.bench.raft.Contest} or {@link io.orrery.server.bench.SimBench}.
 */
package io.orrery.server.bench;
