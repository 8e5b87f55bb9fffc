package io.orrery.server.bench.gossip;

/**
 * What simulating a crowd cost, and how it ended.
 *
 * @param simulatedMillis time that passed in the world
 * @param events of nodes
 * @param wallMillis it took on one thread, the crowd's making included
 * @param cpuMillis of the whole process meanwhile: the collector and the compiler count
 * @param heapBytes in use at the end, after a collection
 * @param megabytes that nodes sent in all
 * @param outcome in words
 */
public record CrowdRow(
        int n,
        long simulatedMillis,
        long events,
        long wallMillis,
        long cpuMillis,
        long heapBytes,
        long megabytes,
        String outcome) {
    /** Without what happened before some time. */
    CrowdRow since(long nanos, long eventsBefore) {
        return new CrowdRow(
                n,
                simulatedMillis - nanos / 1_000_000L,
                events - eventsBefore,
                wallMillis,
                cpuMillis,
                heapBytes,
                megabytes,
                outcome);
    }
}
