package io.orrery.sim.shrink;

import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.TimedFault;
import java.util.List;

/** Takes out lines of faults. */
final class FaultReduction implements Reduction {
    @Override
    public String name() {
        return "faults";
    }

    @Override
    public void reduce(Trials trials) {
        List<TimedFault> lines = trials.scenario().plan().faults();
        ChunkedRemoval.minimize(
                lines,
                (count, parts) ->
                        trials.firstKept(count, number -> trials.scenario().plan(new FaultPlan(parts.apply(number)))));
    }
}
