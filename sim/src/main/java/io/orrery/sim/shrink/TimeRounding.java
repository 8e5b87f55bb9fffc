package io.orrery.sim.shrink;

import io.orrery.kernel.Time;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;

/** Brings faults forward to a rounder time, which is easier to read: all at once, then one by one. */
final class TimeRounding implements Reduction {
    private static final long[] ROUND = {Time.millis(100), Time.millis(10), Time.millis(1)};

    @Override
    public String name() {
        return "rounder";
    }

    @Override
    public void reduce(Trials trials) {
        List<Scenario> together = new ArrayList<>();
        for (long unit : ROUND) {
            together.add(rounded(trials.scenario(), -1, unit));
        }
        if (trials.maybeKeepOne(together)) {
            return;
        }
        int lines = trials.scenario().plan().faults().size();
        for (int i = 0; i < lines && i < trials.scenario().plan().faults().size(); i++) {
            List<Scenario> one = new ArrayList<>();
            for (long unit : ROUND) {
                one.add(rounded(trials.scenario(), i, unit));
            }
            trials.maybeKeepOne(one);
        }
    }

    /** All lines, or the one of a number, at a multiple of the unit; null if that changes nothing. */
    private static Scenario rounded(Scenario scenario, int only, long unit) {
        List<TimedFault> lines = new ArrayList<>(scenario.plan().faults());
        boolean changes = false;
        for (int i = 0; i < lines.size(); i++) {
            TimedFault line = lines.get(i);
            boolean isRound = line.atNanos() % unit == 0;
            if (!isRound && (only < 0 || only == i)) {
                lines.set(i, new TimedFault(line.atNanos() / unit * unit, line.fault()));
                changes = true;
            }
        }
        return changes ? scenario.plan(new FaultPlan(lines)) : null;
    }
}
