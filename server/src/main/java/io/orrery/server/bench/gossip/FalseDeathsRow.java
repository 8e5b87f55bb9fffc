package io.orrery.server.bench.gossip;

/**
 * A cluster in which nobody crashes, and in which each death is false.
 *
 * @param trouble what befalls it
 * @param millis of simulated time
 * @param failedProbes of all nodes
 * @param suspicions that began, over all nodes
 * @param declared false deaths: suspicions that ran out
 * @param believed times that a node came to hold another for dead, by its own suspicion or by hearsay
 */
public record FalseDeathsRow(
        FalseDeaths.Trouble trouble,
        Variant variant,
        int n,
        long millis,
        long failedProbes,
        long suspicions,
        long declared,
        long believed) {
    /** Nodes times hours. */
    public double nodeHours() {
        return n * (millis / 3_600_000.0);
    }

    /** False deaths in an hour of one node. */
    public double perNodeHour() {
        return declared / nodeHours();
    }
}
