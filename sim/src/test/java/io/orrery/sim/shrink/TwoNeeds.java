package io.orrery.sim.shrink;

import io.orrery.kernel.Time;
import io.orrery.sim.scenario.Fault;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands for a protocol whose bug needs certain fault lines and operations at once. Something else fails when only the first
 * of the lines is there and no operation: a search must not take that for the bug.
 */
final class TwoNeeds implements Subject {
    static final FailureIdentity BUG = new FailureIdentity("SAFETY", "P1: two leaders");
    static final FailureIdentity OTHER = new FailureIdentity("SAFETY", "P2: something else");

    private static final long OPERATION_NANOS = Time.millis(10);

    private final List<String> lines;
    private final List<Long> operations;
    private final AtomicLong runs = new AtomicLong();

    TwoNeeds(List<String> lines, List<Long> operations) {
        this.lines = lines;
        this.operations = operations;
    }

    /** All that was run, also what nobody waited for. */
    long runs() {
        return runs.get();
    }

    @Override
    public Attempt run(Scenario candidate) {
        runs.incrementAndGet();
        List<String> said = new ArrayList<>();
        for (TimedFault timed : candidate.plan().faults()) {
            said.add(timed.fault().toString());
        }
        List<Attempt.Started> started = new ArrayList<>();
        for (long number = 0; number * OPERATION_NANOS < candidate.horizonNanos(); number++) {
            if (candidate.operations().includes(number)) {
                started.add(new Attempt.Started(number, number * OPERATION_NANOS));
            }
        }
        List<Long> numbers = new ArrayList<>();
        started.forEach(operation -> numbers.add(operation.number()));
        FailureIdentity identity = null;
        if (said.containsAll(lines) && numbers.containsAll(operations)) {
            identity = BUG;
        } else if (said.contains(lines.get(0)) && numbers.isEmpty()) {
            identity = OTHER;
        }
        return new Attempt(
                candidate,
                identity,
                identity == null ? "" : identity.toString(),
                candidate.horizonNanos(),
                100,
                started,
                List.of());
    }

    /** The lines of faults that are left. */
    static List<String> lines(Attempt attempt) {
        return attempt.scenario().plan().faults().stream()
                .map(TimedFault::fault)
                .map(Fault::toString)
                .toList();
    }
}
