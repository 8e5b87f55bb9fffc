package io.orrery.sim.shrink;

import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Operations;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets other seeds try half of what is left, where that is still much. Whether a packet is slow is drawn anew for every
 * operation less, so a failure that needs a rare moment may hang on each of hundreds of operations, though any few would do
 * with other luck.
 */
final class Reseeding implements Reduction {
    private static final int OPERATIONS_MANY = 20;
    private static final int FAULTS_MANY = 10;
    private static final long SEEDS = 24;

    @Override
    public String name() {
        return "luck";
    }

    @Override
    public void reduce(Trials trials) {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = trials.best().operationCount() > OPERATIONS_MANY
                    && trials.maybeKeepOne(reseeded(fewerOperations(trials.best())));
        }
        goesOn = true;
        while (goesOn) {
            goesOn = trials.best().faultCount() > FAULTS_MANY
                    && trials.maybeKeepOne(reseeded(fewerFaults(trials.scenario())));
        }
    }

    /** Each of them with each seed; all of them with one seed before any with the next. */
    private static List<Scenario> reseeded(List<Scenario> fewer) {
        List<Scenario> candidates = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            for (Scenario scenario : fewer) {
                candidates.add(scenario.seed(seed));
            }
        }
        return candidates;
    }

    private static List<Scenario> fewerOperations(Attempt best) {
        List<Long> numbers = best.operationNumbers();
        int half = numbers.size() / 2;
        List<Long> everySecond = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i += 2) {
            everySecond.add(numbers.get(i));
        }
        List<Scenario> fewer = new ArrayList<>();
        for (List<Long> some : List.of(numbers.subList(half, numbers.size()), numbers.subList(0, half), everySecond)) {
            fewer.add(best.scenario().operations(Operations.of(some)));
        }
        return fewer;
    }

    private static List<Scenario> fewerFaults(Scenario scenario) {
        List<TimedFault> lines = scenario.plan().faults();
        int half = lines.size() / 2;
        return List.of(
                scenario.plan(new FaultPlan(lines.subList(half, lines.size()))),
                scenario.plan(new FaultPlan(lines.subList(0, half))));
    }
}
