package io.orrery.server.bench.gossip;

/**
 * Probes of healthy members that failed.
 *
 * @param lossPpm messages lost, parts per million
 * @param k relays asked
 * @param rate of failed probes
 * @param sigma the standard error that theory gives such a rate
 * @param theory (1 - (1-p)^2) * (1 - (1-p)^4)^k
 */
public record FalseSuspicionRow(
        int lossPpm, int k, long probes, long failed, double rate, double sigma, double theory) {
    /** Whether the rate is within three sigma of theory. */
    public boolean isAsPredicted() {
        return Math.abs(rate - theory) <= 3 * sigma;
    }
}
