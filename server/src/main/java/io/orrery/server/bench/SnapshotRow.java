package io.orrery.server.bench;

/**
 * What the benchmark of snapshots gave.
 *
 * @param stateBytes of the machine's values
 * @param fileBytes of the snapshot, without its checksums
 * @param sliceBytes of each slice
 * @param takeMillis from the first slice to the renamed file
 * @param installMillis from the change that adds an empty replica until it has put the snapshot in place
 * @param restartMillis from the start of a node until it has read the snapshot back
 * @param longestStepMicros the longest call that a machine spent on a snapshot, to open it, write a slice, or take a piece: of
 *     processor time, since the machine is shared
 * @param longestCycleMicros the longest cycle of the leader's thread, many events and the collector's pauses included, from when the
 *     state was there
 * @param quietP99Micros of commits while nothing goes on
 * @param takingP99Micros of commits while the snapshot is taken
 * @param installingP99Micros of commits while another replica installs it
 */
public record SnapshotRow(
        long stateBytes,
        long fileBytes,
        int sliceBytes,
        double takeMillis,
        double installMillis,
        double restartMillis,
        double longestStepMicros,
        double longestCycleMicros,
        double quietP99Micros,
        double takingP99Micros,
        double installingP99Micros) {}
