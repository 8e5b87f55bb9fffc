package io.orrery.sim.shrink;

import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Hunt;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;

/** Puts the strikes of a hunt in the place of its line, so that they can be taken out one by one; or leaves it out. */
final class HuntPinning implements Reduction {
    @Override
    public String name() {
        return "hunts";
    }

    @Override
    public void reduce(Trials trials) {
        Scenario scenario = trials.scenario();
        List<TimedFault> unhunted = new ArrayList<>(scenario.plan().faults());
        if (!unhunted.removeIf(timed -> timed.fault() instanceof Hunt)) {
            return;
        }
        List<TimedFault> pinned = new ArrayList<>(unhunted);
        for (TimedFault strike : trials.best().strikes()) {
            if (strike.atNanos() <= trials.best().failureNanos()) {
                pinned.add(strike);
            }
        }
        trials.maybeKeepOne(List.of(scenario.plan(new FaultPlan(unhunted)), scenario.plan(new FaultPlan(pinned))));
    }
}
