package io.orrery.server.bench.gossip;

/**
 * First detection of a crash in a cluster of {@code n}.
 *
 * @param meanPeriods from 1: see {@link ProbeTheory}
 * @param sigma the standard error of that mean
 * @param runs crashes
 * @param oracleMean of round-robin probing
 * @param oracleP99 of the same
 * @param randomMean of random probing, the paper's formula
 */
public record DetectionRow(
        int n,
        double meanPeriods,
        double p50,
        double p99,
        double sigma,
        int runs,
        double oracleMean,
        double oracleP99,
        double randomMean) {
    /** Whether the mean is within three sigma of the oracle's, and the 99th percentile within a period. */
    public boolean isAsPredicted() {
        return Math.abs(meanPeriods - oracleMean) <= 3 * sigma && Math.abs(p99 - oracleP99) <= 1;
    }
}
