package io.orrery.sim.junit;

import io.orrery.sim.run.Workers;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.shrink.Attempt;
import io.orrery.sim.shrink.FailureIdentity;
import io.orrery.sim.shrink.ShrinkBudget;
import io.orrery.sim.shrink.ShrinkProgress;
import io.orrery.sim.shrink.Shrunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Takes faults and operations out of a failing run of a test until nothing more can go, or its time is over. How many nodes
 * there are and for how long they run is the test's to say, so that is left alone.
 */
final class Shrinker {
    private final SeedRun runner;
    private final BooleanSupplier timeIsUp;
    private final RunOutcome failed;
    private Shrunk shrunk;

    /**
     * @param failed the run to shrink
     * @param timeIsUp asked before each run
     */
    Shrinker(SeedRun runner, RunOutcome failed, BooleanSupplier timeIsUp) {
        this.runner = runner;
        this.failed = failed;
        this.timeIsUp = timeIsUp;
    }

    /** The smallest run found that fails in the same way. */
    RunOutcome shrink() {
        Attempt original = attempt(failed);
        shrunk = new io.orrery.sim.shrink.Shrinker(
                        candidate -> attempt(runner.run(script(candidate))),
                        Workers.ONE,
                        ShrinkBudget.until(timeIsUp),
                        ShrinkProgress.NONE)
                .shrinkFaultsAndOperations(original);
        return shrunk.smallest() == original
                ? failed
                : runner.run(script(shrunk.smallest().scenario()));
    }

    /** Runs it took. */
    long runs() {
        return shrunk.runs();
    }

    /** Whether time was up before nothing more could go. */
    boolean isCutShort() {
        return !shrunk.isMinimal();
    }

    private RunScript script(Scenario scenario) {
        return RunScript.of(failed.script().seed(), failed.script().nodeCount())
                .faults(scenario.plan())
                .operations(scenario.operations());
    }

    private static Attempt attempt(RunOutcome outcome) {
        RunScript explicit = outcome.explicit();
        Scenario scenario = Scenario.calm(explicit.seed(), explicit.nodeCount(), "junit", outcome.horizonNanos())
                .operations(explicit.operations())
                .plan(explicit.faults());
        List<Attempt.Started> started = new ArrayList<>();
        // When they started is needed only to shrink time.
        outcome.operationNumbers().forEach(number -> started.add(new Attempt.Started(number, 0)));
        return new Attempt(
                scenario,
                outcome.isFailed() ? new FailureIdentity("TEST", outcome.signature()) : null,
                outcome.isFailed() ? outcome.headline() : "",
                outcome.nanos(),
                outcome.events(),
                started,
                List.of());
    }
}
