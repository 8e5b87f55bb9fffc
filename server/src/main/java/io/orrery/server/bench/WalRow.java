package io.orrery.server.bench;

/**
 * What a start with many groups cost.
 *
 * @param logBytes of the log on disk
 * @param fillMillis to write it, synced
 * @param recoveredMillis from the start of the process's node thread until the log was read back
 * @param startedMillis the same until every group had started, too
 * @param startCpuMillis processor time of the whole start, of all threads
 * @param heapBytesPerGroup of the started node, after a collection; with the group's entries
 */
public record WalRow(
        int groups,
        int entriesPerGroup,
        int payloadBytes,
        long logBytes,
        double fillMillis,
        double recoveredMillis,
        double startedMillis,
        double startCpuMillis,
        long heapBytesPerGroup) {}
