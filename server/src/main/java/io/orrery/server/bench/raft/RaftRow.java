package io.orrery.server.bench.raft;

import io.orrery.server.bench.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What one system gave with so many proposals in flight, over the rounds.
 *
 * @param inFlight proposals that the client keeps open
 * @param perSecond commits a second: minimum, median and maximum of the rounds
 * @param p50Micros median time from proposal to outcome, over all rounds
 * @param p99Micros 99th percentile of the same
 * @param commitsPerSync commits that one sync of the leader's disk served; negative if unknown
 * @param bytesPerCommit allocated on the heap by the whole process, nodes and client, for each commit; median of the rounds
 * @param cpuMicrosPerCommit processor time of the whole process, collector and compiler with it; median of the rounds
 */
public record RaftRow(
        Entrant entrant,
        int inFlight,
        int payloadBytes,
        Spread perSecond,
        double p50Micros,
        double p99Micros,
        double commitsPerSync,
        double bytesPerCommit,
        double cpuMicrosPerCommit) {

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
                syncs > 0 ? (double) latency.getTotalCount() / syncs : -1,
                median(samples, sample -> sample.perCommit(sample.expense().allocatedBytes())),
                median(samples, sample -> sample.perCommit(sample.expense().cpuNanos()) / 1e3));
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> what) {
        return Spread.of(samples.stream().mapToDouble(what).toArray()).median();
    }
}
