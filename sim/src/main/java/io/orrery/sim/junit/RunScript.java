package io.orrery.sim.junit;

import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Operations;

/**
 * What one run of a test is given.
 *
 * @param faults at world times, in place of those that the test injects; null to let it inject its own
 * @param operations those to start
 */
record RunScript(long seed, int nodeCount, FaultPlan faults, Operations operations) {
    static RunScript of(long seed, int nodeCount) {
        return new RunScript(seed, nodeCount, null, Operations.ALL);
    }

    RunScript faults(FaultPlan plan) {
        return new RunScript(seed, nodeCount, plan, operations);
    }

    RunScript operations(Operations some) {
        return new RunScript(seed, nodeCount, faults, some);
    }
}
