package io.orrery.sim.shrink;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.run.Workloads;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Operations;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs scenarios of some workloads.
 *
 * @param workloads make one for each run
 * @param eventsMax events of nodes after which a run is given up, as one that does not fail
 */
public record ScenarioSubject(Workloads workloads, long eventsMax) implements Subject {
    /** What a candidate may need more than the run that it comes of, in events. */
    private static final long EVENTS_SPARE = 200_000;

    public ScenarioSubject {
        Check.argument(eventsMax >= 1, "a run has at least one event");
    }

    /** One whose candidates may need a few times as much as the run that they come of. */
    public static ScenarioSubject bounded(Workloads workloads, Attempt original) {
        return new ScenarioSubject(workloads, 3 * original.events() + EVENTS_SPARE);
    }

    @Override
    public Attempt run(Scenario candidate) {
        OperationLog log = new OperationLog(workloads.make(candidate.workload()));
        RunResult result = Runner.run(candidate, log, sim -> sim.stopWhen(() -> sim.eventCount() >= eventsMax));
        if (result.isOk()) {
            return new Attempt(
                    candidate, null, "", result.simulatedNanos(), result.events(), log.started(), result.strikes());
        }
        return new Attempt(
                explicit(candidate, result, log.started()),
                FailureIdentity.of(result.failure()),
                result.failure().toString(),
                result.failure().nanos(),
                result.events(),
                log.started(),
                result.strikes());
    }

    /** What comes after the failure does not matter to it: the horizon goes down to it, with all that lies beyond. */
    private static Scenario explicit(Scenario candidate, RunResult result, List<Attempt.Started> started) {
        long endNanos = result.failure().nanos() / Time.millis(1) * Time.millis(1) + Time.millis(1);
        long horizonNanos = Math.min(candidate.horizonNanos(), endNanos);
        List<TimedFault> faults = new ArrayList<>();
        for (TimedFault timed : candidate.plan().faults()) {
            if (timed.atNanos() <= Math.min(horizonNanos, result.failure().nanos())) {
                faults.add(timed);
            }
        }
        List<Long> numbers = new ArrayList<>();
        started.forEach(operation -> numbers.add(operation.number()));
        return candidate
                .horizon(horizonNanos)
                .operations(Operations.of(numbers))
                .plan(new FaultPlan(faults));
    }
}
