/**
 * What a snapshot of a large state costs a cluster at work: three nodes over loopback TCP, on real files, one group whose state is
 * taken, fetched by an empty replica through a broken connection and a death, and put in the place of an outdated state.
 *
 * <p>Figures of events are in processor time of the node's thread: the machine is shared, and the wall's are beside them.
 * Nothing here knows how snapshots work; it reads counters, and stops and starts nodes.
 *
 * <p>Start with {@link io.orrery.server.bench.snapshot.SnapshotBench}.
 */
package io.orrery.server.bench.snapshot;
