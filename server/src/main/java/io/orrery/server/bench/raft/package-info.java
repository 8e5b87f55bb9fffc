/**
 * How many commits a second a Raft makes, ours beside others: the same client, the same windows, the same settings of the
 * JVM, each system in a process of its own, rounds interleaved.
 *
 * <p>Start with {@link io.orrery.server.bench.raft.Contest}, which starts the processes;
 * {@link io.orrery.server.bench.raft.ContenderMain} is what each of them runs. Other systems implement
 * {@link io.orrery.server.bench.raft.Contender} in the module {@code jmh/peers}, whose libraries would not fit beside ours.
 * Nothing here may know one of them by name.
 */
package io.orrery.server.bench.raft;
