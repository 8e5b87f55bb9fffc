package io.orrery.sim.junit;

import io.orrery.kernel.NodeId;
import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.NodeFault;
import io.orrery.sim.scenario.Operations;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Takes faults and operations out of a failing run until nothing more can go, or its time is over.
 *
 * <ul>
 *   <li>I1: what it keeps fails for the same reason as the run it began with: see {@link RunOutcome#signature()}.
 *   <li>I2: a plan within {@link FaultBudget} stays within it, so that a protocol is not blamed for what it never promised.
 * </ul>
 */
final class Shrinker {
    private final SeedRun runner;
    private final BooleanSupplier timeIsUp;
    private final String signature;
    private final boolean budgeted;
    private RunOutcome smallest;
    private int runs;
    private boolean cutShort;

    /**
     * @param failed the run to shrink
     * @param timeIsUp asked before each run
     */
    Shrinker(SeedRun runner, RunOutcome failed, BooleanSupplier timeIsUp) {
        this.runner = runner;
        this.timeIsUp = timeIsUp;
        this.signature = failed.signature();
        this.budgeted = isWithinBudget(failed.explicit());
        this.smallest = failed;
    }

    /** The smallest run found that fails in the same way. */
    RunOutcome shrink() {
        int before;
        do {
            before = size();
            List<TimedFault> faults = smallest.faults().faults();
            if (!faults.isEmpty()) {
                Ddmin.minimize(faults, some -> maybeKeep(smallest.explicit().faults(new FaultPlan(some))));
            }
            List<Long> numbers = smallest.operationNumbers();
            if (!numbers.isEmpty()) {
                Ddmin.minimize(numbers, some -> maybeKeep(smallest.explicit().operations(Operations.of(some))));
            }
        } while (size() < before && !cutShort);
        return smallest;
    }

    private int size() {
        return smallest.faults().faults().size() + smallest.operationNumbers().size();
    }

    /** Runs a smaller script, and keeps it if it fails in the same way. */
    private boolean maybeKeep(RunScript script) {
        if (timeIsUp.getAsBoolean()) {
            cutShort = true;
            return false;
        }
        if (budgeted && !isWithinBudget(script)) {
            return false;
        }
        runs++;
        RunOutcome outcome = runner.run(script);
        boolean same = outcome.isFailed() && outcome.signature().equals(signature);
        if (same) {
            smallest = outcome;
        }
        return same;
    }

    /** Runs it took. */
    int runs() {
        return runs;
    }

    /** Whether time was up before nothing more could go. */
    boolean isCutShort() {
        return cutShort;
    }

    /** All nodes are taken to be restarted at the end: a line without its restart is not beyond the budget for that. */
    private static boolean isWithinBudget(RunScript script) {
        List<TimedFault> faults = new ArrayList<>(script.faults().faults());
        long horizon = faults.isEmpty() ? 0 : faults.get(faults.size() - 1).atNanos();
        Scenario scenario = Scenario.calm(script.seed(), script.nodeCount(), "junit", horizon);
        for (NodeId node : scenario.nodes()) {
            faults.add(new TimedFault(horizon, new NodeFault.Restart(node)));
        }
        return FaultBudget.objection(scenario.plan(new FaultPlan(faults))) == null;
    }
}
