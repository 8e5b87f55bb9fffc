package io.orrery.sim.run;

import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.TraceHash;
import io.orrery.sim.coverage.CoverageTally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** Adds up the results of a burn, in the order of its seeds. */
public final class BurnTally {
    /** Failures kept whole; more are only counted. */
    public static final int FAILURES_MAX = 100;

    private final TraceHash hash = new TraceHash(0);
    private final TreeMap<String, Long> workloads = new TreeMap<>();
    private final TreeMap<String, Long> faults = new TreeMap<>();
    private final TreeMap<Mark, Long> marks = new TreeMap<>();
    private final CoverageTally coverage = new CoverageTally();
    private final List<RunResult> failures = new ArrayList<>();
    private long seeds;
    private long failed;
    private long events;
    private long simulatedNanos;

    public void add(RunResult result) {
        seeds++;
        events += result.events();
        simulatedNanos += result.simulatedNanos();
        hash.fold(result.seed());
        hash.fold(result.traceHash());
        workloads.merge(result.scenario().workload(), 1L, Long::sum);
        result.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
        result.marks().forEach((mark, count) -> marks.merge(mark, count, Long::sum));
        coverage.add(result.footprint());
        if (!result.isOk()) {
            failed++;
            if (failures.size() < FAILURES_MAX) {
                failures.add(result);
            }
        }
    }

    public BurnSummary summary() {
        return new BurnSummary(
                seeds,
                failed,
                simulatedNanos,
                events,
                hash.value(),
                Collections.unmodifiableSortedMap(new TreeMap<>(workloads)),
                Collections.unmodifiableSortedMap(new TreeMap<>(faults)),
                Collections.unmodifiableSortedMap(new TreeMap<>(marks)),
                coverage.summary(),
                Collections.unmodifiableList(new ArrayList<>(failures)));
    }
}
