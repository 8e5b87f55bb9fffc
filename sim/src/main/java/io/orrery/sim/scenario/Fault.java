package io.orrery.sim.scenario;

import io.orrery.sim.Simulation;

/** One thing that goes wrong, or is put right, at a moment of a plan. Its text is its line in a scenario file. */
public sealed interface Fault
        permits NetworkFault, SplitFault, ClogFault, NodeFault, ClockFault, DiskFault, SealingFault, Hunt {
    /** What it is, in a word or two joined by a hyphen; burns count by it. */
    String kind();

    /**
     * Does it.
     *
     * @return whether it changed anything: a node that is down does not crash, and a plan with lines removed may say so
     */
    boolean apply(Simulation sim);
}
