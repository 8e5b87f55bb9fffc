package io.orrery.sim.report;

import io.orrery.sim.run.RunResult;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the wall keeps of a run.
 *
 * @param verdict {@code ok}, or the failure's kind in lower case
 * @param failure the broken claim with its place; empty if there was none
 * @param faults injected, by kind
 * @param marks reached, by name
 */
record SeedCell(
        long seed,
        String verdict,
        String workload,
        int nodes,
        long events,
        long nanos,
        long traceHash,
        String failure,
        SortedMap<String, Long> faults,
        SortedMap<String, Long> marks) {
    static SeedCell of(RunResult result) {
        TreeMap<String, Long> marks = new TreeMap<>();
        result.marks().forEach((mark, count) -> marks.put(mark.name(), count));
        return new SeedCell(
                result.seed(),
                result.isOk() ? "ok" : RunFacts.verdict(result.failure().kind()),
                result.scenario().workload(),
                result.scenario().nodeCount(),
                result.events(),
                result.simulatedNanos(),
                result.traceHash(),
                result.isOk() ? "" : result.failure().toString(),
                result.faults(),
                marks);
    }
}
