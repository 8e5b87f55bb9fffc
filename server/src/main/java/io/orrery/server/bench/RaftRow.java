package io.orrery.server.bench;

/**
 * What one setting of the Raft benchmark gave.
 *
 * @param system whose Raft
 * @param synced whether a commit is on a majority's disks
 * @param inFlight proposals the client keeps open
 * @param perSecond commits a second, over the rounds
 * @param p50Micros median time from proposal to outcome, over all rounds
 * @param p99Micros 99th percentile of the same
 * @param commitsPerSync commits that one sync of the leader's disk served
 */
public record RaftRow(
        String system,
        boolean synced,
        int inFlight,
        int payloadBytes,
        Spread perSecond,
        double p50Micros,
        double p99Micros,
        double commitsPerSync) {}
