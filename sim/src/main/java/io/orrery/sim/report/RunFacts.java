package io.orrery.sim.report;

import io.orrery.kernel.trace.TraceHash;
import io.orrery.sim.Failure;
import io.orrery.sim.run.RunResult;

/**
 * What a report says of the run as a whole.
 *
 * @param verdict {@code ok}, or the failure's kind in lower case; {@code assertion} for a claim of a test's own
 * @param failure the broken claim, or what waits for what; empty if the run was all right
 * @param failureNode at whose event it showed; empty if it is the world's
 * @param failureNanos world time of it; 0 if there was none
 * @param failureEvent its event; 0 if there was none
 * @param traceHash in hexadecimal
 * @param nanos world time at the run's end
 * @param events of the run
 * @param replay a command that shows the run again
 */
public record RunFacts(
        long seed,
        String workload,
        String scenario,
        String verdict,
        String failure,
        String failureNode,
        long failureNanos,
        long failureEvent,
        String traceHash,
        long nanos,
        long events,
        String replay) {
    /** The facts of a run that has ended. */
    public static RunFacts of(RunResult result, String replay) {
        Failure failure = result.failure();
        boolean isOk = failure == null;
        return new RunFacts(
                result.seed(),
                result.scenario().workload(),
                result.scenario().toString(),
                isOk ? "ok" : verdict(failure.kind()),
                isOk ? "" : failure.message(),
                isOk || failure.node() == null ? "" : failure.node().name(),
                isOk ? 0 : failure.nanos(),
                isOk ? 0 : failure.event(),
                TraceHash.hex(result.traceHash()),
                result.simulatedNanos(),
                result.events(),
                replay);
    }

    static String verdict(Failure.Kind kind) {
        return switch (kind) {
            case SAFETY -> "safety";
            case LIVENESS -> "liveness";
            case HALT -> "halt";
        };
    }
}
