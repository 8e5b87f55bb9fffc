package io.orrery.sim.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Faults in the order of their times; those of one time in the order given. */
public record FaultPlan(List<TimedFault> faults) {
    public static final FaultPlan EMPTY = new FaultPlan(List.of());

    public FaultPlan {
        List<TimedFault> sorted = new ArrayList<>(faults);
        sorted.sort(Comparator.comparingLong(TimedFault::atNanos));
        faults = Collections.unmodifiableList(sorted);
    }

    /**
     * Reads lines of faults alone, without a scenario's header.
     *
     * @param nodeCount of the cluster, whose nodes the lines may name
     * @throws ScenarioException that says where the text is wrong, and what was expected there
     */
    public static FaultPlan parse(String lines, int nodeCount) {
        return new ScenarioParser().parsePlan(lines, nodeCount);
    }

    /** One fault a line. */
    @Override
    public String toString() {
        return faults.stream().map(fault -> fault + "\n").collect(Collectors.joining());
    }
}
