package io.orrery.sim.junit;

import io.orrery.kernel.trace.TraceHash;
import io.orrery.sim.Failure;
import io.orrery.sim.SimulationFailure;
import io.orrery.sim.report.RunFacts;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Operations;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.opentest4j.TestAbortedException;

/**
 * What one run of a test came to.
 *
 * @param script that the run was given
 * @param thrown what ended it; null if it passed
 * @param faults that were injected, at world times
 * @param operationCount operations asked for, those left out included
 * @param traceHash equal for two runs that took the same steps
 * @param stateHash equal for two runs whose nodes described the same state at the end
 * @param events of nodes
 * @param nanos world time at the end
 */
record RunOutcome(
        RunScript script,
        Throwable thrown,
        FaultPlan faults,
        long operationCount,
        long traceHash,
        long stateHash,
        long events,
        long nanos) {
    /** Whether an assumption of the test did not hold: neither passed nor failed. */
    boolean isAborted() {
        return thrown instanceof TestAbortedException;
    }

    boolean isFailed() {
        return thrown != null && !isAborted();
    }

    /** As much of a failure as must be equal for two runs to have failed for the same reason: numbers may differ. */
    String signature() {
        Throwable root = root();
        String message = root.getMessage() == null ? "" : root.getMessage().strip();
        int end = message.indexOf('\n');
        String first = end < 0 ? message : message.substring(0, end);
        return kind() + " " + root.getClass().getName() + " " + first.replaceAll("\\bn?\\d+", "#");
    }

    /** Whether two runs of one script did and came to the same. */
    boolean isSame(RunOutcome other) {
        return traceHash == other.traceHash
                && stateHash == other.stateHash
                && isFailed() == other.isFailed()
                && (!isFailed() || signature().equals(other.signature()));
    }

    private String kind() {
        return thrown instanceof SimulationFailure failure
                ? failure.failure().kind().name()
                : "TEST";
    }

    /** What was thrown first: in the node, the checker, or the test. */
    private Throwable root() {
        return thrown instanceof SimulationFailure && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** Which promise was broken, when, and at whose event. */
    String headline() {
        if (thrown instanceof SimulationFailure simulated) {
            Failure failure = simulated.failure();
            return failure.kind() + " at " + seconds(failure.nanos())
                    + (failure.node() == null ? "" : " on " + failure.node()) + ", event " + failure.event() + ": "
                    + failure.message();
        }
        String name = thrown instanceof AssertionError
                ? "ASSERTION"
                : thrown.getClass().getName();
        return name + " at " + seconds(nanos) + ", event " + events + ": " + thrown.getMessage();
    }

    /** What a report says of this run, which failed. */
    RunFacts facts(String workload, String scenario, String replay) {
        Failure failure = thrown instanceof SimulationFailure simulated ? simulated.failure() : null;
        return new RunFacts(
                script.seed(),
                workload,
                scenario,
                failure == null ? "assertion" : failure.kind().name().toLowerCase(Locale.ROOT),
                failure == null ? String.valueOf(thrown.getMessage()) : failure.message(),
                failure == null || failure.node() == null ? "" : failure.node().name(),
                failure == null ? nanos : failure.nanos(),
                failure == null ? events : failure.event(),
                hash(),
                nanos,
                events,
                replay);
    }

    String hash() {
        return TraceHash.hex(traceHash);
    }

    /** The script that says in full what this run did, with nothing left to draw but small faults. */
    RunScript explicit() {
        return script.faults(faults);
    }

    /** The operations that this run started. */
    List<Long> operationNumbers() {
        Operations started = script.operations();
        List<Long> numbers = new ArrayList<>();
        for (long number = 0; number < operationCount; number++) {
            if (started.includes(number)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** The horizon that a scenario of this run has: its end, rounded up to a millisecond. */
    long horizonNanos() {
        return Math.min((nanos / 1_000_000 + 1) * 1_000_000, Scenario.HORIZON_NANOS_MAX);
    }

    static String seconds(long nanos) {
        String micros = Long.toString(nanos / 1_000 % 1_000_000);
        return nanos / 1_000_000_000L + "." + "0".repeat(6 - micros.length()) + micros + "s";
    }
}
