package io.orrery.server.bench.raft;

import io.orrery.server.bench.Spread;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What one system gave with so many proposals in flight, over the rounds.
 *
 * @param inFlight proposals that the client keeps open
 * @param perSecond commits a second: minimum, median and maximum of the rounds
 * @param p50Micros median time from proposal to outcome, over all rounds
 * @param p99Micros 99th percentile of the same
 * @param commitsPerSync commits that one sync of the leader's disk served; negative if unknown
 */
public record RaftRow(
        Entrant entrant,
        int inFlight,
        int payloadBytes,
        Spread perSecond,
        double p50Micros,
        double p99Micros,
        double commitsPerSync) {

    static RaftRow of(Entrant entrant, int payloadBytes, List<Sample> samples) {
        Histogram latency = new Histogram(3);
        long syncs = 0;
        for (Sample sample : samples) {
            latency.add(sample.latencyNanos());
            syncs += sample.syncs();
        }
        Spread perSecond =
                Spread.of(samples.stream().mapToDouble(Sample::perSecond).toArray());
        return new RaftRow(
                entrant,
                samples.get(0).inFlight(),
                payloadBytes,
                perSecond,
                latency.getValueAtPercentile(50) / 1e3,
                latency.getValueAtPercentile(99) / 1e3,
                syncs > 0 ? (double) latency.getTotalCount() / syncs : -1);
    }
}
