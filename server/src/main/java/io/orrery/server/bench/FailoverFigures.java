package io.orrery.server.bench;

import java.util.List;

/**
 * How long groups were without a leader, in simulated milliseconds.
 *
 * @param trials of each
 * @param split failovers that took more than one term
 * @param failoverMillis from the loss of a leader's power to the first write that another acknowledges
 * @param transferMillis from the request to hand over to another leader
 * @param longestRequestMillis of all requests around the transfer, one each millisecond, in turn on all nodes
 * @param requests all of those
 * @param failed of those
 */
public record FailoverFigures(
        int trials,
        int split,
        Percentiles failoverMillis,
        Percentiles transferMillis,
        Percentiles longestRequestMillis,
        int requests,
        int failed) {
    /** Of some trials. */
    public record Percentiles(double min, double p50, double p99, double max) {
        static Percentiles of(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int last = sorted.size() - 1;
            return new Percentiles(
                    sorted.get(0), sorted.get(last / 2), sorted.get((int) Math.ceil(last * 0.99)), sorted.get(last));
        }
    }
}
