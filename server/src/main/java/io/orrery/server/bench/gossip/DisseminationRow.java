package io.orrery.server.bench.gossip;

/**
 * How one rumour spreads in a cluster of {@code n}.
 *
 * @param lossPpm messages lost, parts per million
 * @param reached rumours that reached everybody by gossip alone, of {@code runs}
 * @param meanRounds until they had
 * @param sigma the standard error of that mean, ours and the oracle's together
 * @param oracleMean of the synchronous epidemic
 * @param oracleReached the share of its rumours that reached everybody
 */
public record DisseminationRow(
        int n,
        int lossPpm,
        int runs,
        int reached,
        double meanRounds,
        double p99,
        double sigma,
        double oracleMean,
        double oracleP99,
        double oracleReached) {
    /** Whether the mean, and the share that reached everybody, are within three sigma of the oracle's. */
    public boolean isAsPredicted() {
        double share = (double) reached / runs;
        double spread = Math.sqrt(Math.max(oracleReached * (1 - oracleReached), 1.0 / runs) / runs);
        return Math.abs(meanRounds - oracleMean) <= 3 * sigma && Math.abs(share - oracleReached) <= 3 * spread;
    }
}
