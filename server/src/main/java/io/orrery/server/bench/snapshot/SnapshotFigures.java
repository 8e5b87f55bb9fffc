package io.orrery.server.bench.snapshot;

import java.util.List;

/**
 * What the benchmark of snapshots gave.
 *
 * @param stateBytes of the machine's values
 * @param fileBytes of the snapshot that an empty replica fetched, without its checksums
 * @param sliceBytes of each slice
 * @param slices of that snapshot
 * @param slicesServed by the other two nodes, together, to the empty replica
 * @param slicesReceived by all incarnations of that replica
 * @param slicesAtCut that were there when its connections were broken
 * @param slicesAtKill that were there when it was killed
 * @param bytesReceived over TCP by all its incarnations meanwhile, the load's entries included
 * @param takeMillis from the first slice to the renamed file, on the node that led
 * @param fetchMillis from the first slice to the last, without the time for which it was cut off or down
 * @param loadMillis from the last slice until the new state is in place
 * @param readBackMillis from a start of the replica until it runs with its state
 * @param entriesCompacted by the leader when the second snapshot was there
 * @param heapBytesMax of the process
 * @param directBytesMax of the process, where the values are
 * @param diskBytesMax of each node
 * @param phases in their order
 */
public record SnapshotFigures(
        long stateBytes,
        long fileBytes,
        int sliceBytes,
        int slices,
        long slicesServed,
        long slicesReceived,
        long slicesAtCut,
        long slicesAtKill,
        long bytesReceived,
        double takeMillis,
        double fetchMillis,
        double loadMillis,
        double readBackMillis,
        long entriesCompacted,
        long heapBytesMax,
        long directBytesMax,
        List<Long> diskBytesMax,
        List<SnapshotPhase> phases) {}
