package io.orrery.sim.shrink;

import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;

/** Puts lesser faults in the place of faults: see {@link SofterFault}. One line at a time, until none can be lesser. */
final class FaultSoftening implements Reduction {
    private static final int SOFTENINGS_MAX = 100;

    @Override
    public String name() {
        return "softer";
    }

    @Override
    public void reduce(Trials trials) {
        int softenings = 0;
        while (softenings < SOFTENINGS_MAX && trials.maybeKeepOne(candidates(trials.scenario()))) {
            softenings++;
        }
    }

    private static List<Scenario> candidates(Scenario scenario) {
        List<TimedFault> lines = scenario.plan().faults();
        List<Scenario> candidates = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            for (var softer : SofterFault.of(lines.get(i).fault())) {
                List<TimedFault> others = new ArrayList<>(lines);
                others.set(i, new TimedFault(lines.get(i).atNanos(), softer));
                candidates.add(scenario.plan(new FaultPlan(others)));
            }
        }
        return candidates;
    }
}
