package io.orrery.sim.run;

import io.orrery.kernel.trace.Mark;
import io.orrery.sim.coverage.CoverageSummary;
import java.util.List;
import java.util.SortedMap;

/**
 * What a burn came to. It is the same for any number of threads.
 *
 * @param seeds run
 * @param failed of them
 * @param simulatedNanos world time, over all runs
 * @param events of nodes, over all runs
 * @param traceHash over the hashes of all runs, in the order of their seeds
 * @param workloads that ran, with how many seeds each
 * @param faults injected, by kind
 * @param marks rare situations reached, with how often
 * @param coverage abstract states that runs got into, and how many of them the last seeds found
 * @param failures the first {@value BurnTally#FAILURES_MAX} runs that failed
 */
public record BurnSummary(
        long seeds,
        long failed,
        long simulatedNanos,
        long events,
        long traceHash,
        SortedMap<String, Long> workloads,
        SortedMap<String, Long> faults,
        SortedMap<Mark, Long> marks,
        CoverageSummary coverage,
        List<RunResult> failures) {}
