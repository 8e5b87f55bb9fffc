/**
 * What {@code orrery bench gossip} measures: the real {@link io.orrery.gossip.Membership}, many nodes of it in one simulated
 * world, beside what theory says of it.
 *
 * <p>Start with {@link io.orrery.server.bench.gossip.GossipBench}, the list of its sections; each section is a file that says
 * what it measures and against which oracle. {@link io.orrery.server.bench.gossip.Crowd} is the world they share. Everything
 * measured follows from the seed alone, but for wall times and heaps.
 */
package io.orrery.server.bench.gossip;
