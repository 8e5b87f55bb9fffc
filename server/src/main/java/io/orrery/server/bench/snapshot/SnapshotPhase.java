package io.orrery.server.bench.snapshot;

import java.util.List;

/**
 * What happened in one phase of the benchmark.
 *
 * @param name what was going on
 * @param millis from its beginning to its end, by the wall
 * @param perSecond commits a second of the load
 * @param p50Micros latency of those commits
 * @param p99Micros of all but one in a hundred
 * @param longestMillis of the slowest
 * @param failed proposals that did not commit
 * @param events the longest events, for each node
 * @param pauseMillis the collector's longest pause, in which no node runs
 */
public record SnapshotPhase(
        String name,
        double millis,
        double perSecond,
        double p50Micros,
        double p99Micros,
        double longestMillis,
        long failed,
        List<Events> events,
        long pauseMillis) {
    /**
     * @param cpuMicros processor time of the longest event
     * @param what that was: kind and subject
     * @param wallMicros of the longest by the wall, pauses of collector and scheduler included
     * @param over5Millis events of more than 5 ms of processor time
     * @param kinds what those were, and how often, for people
     * @param count of all events
     */
    public record Events(
            double cpuMicros, String what, double wallMicros, long over5Millis, String kinds, long count) {}
}
