package io.orrery.sim.run;

import io.orrery.kernel.Prng;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.coverage.Abstraction;
import io.orrery.sim.coverage.DescribedStates;
import io.orrery.sim.scenario.Scenario;

/**
 * What nodes run, what is asked of them, and what must come of it. One object serves one run.
 *
 * <p>Until the horizon the plan's faults happen, and only safety is demanded. Then {@link #calm()} is called and a random
 * {@link #core()} of the nodes must come right while the rest are lost; then all is healed, {@link #whole()} is called, and
 * {@link #converged()} must come to hold.
 */
public interface Workload {
    /** As scenarios name it: lower-case letters, digits and hyphens. */
    String name();

    /** How many nodes its protocols can have; a scenario with more is not run. */
    default int nodesMax() {
        return Scenario.NODES_MAX;
    }

    /** What nodes can seal their frames with, where the scenario says so; null if they cannot. Asked once, first. */
    default Cipherer ciphers() {
        return null;
    }

    /** Builds the scenario's nodes and adds checkers. Called once. */
    void start(Simulation sim, Scenario scenario);

    /**
     * Starts one operation: called at the scenario's rate until the horizon, for those numbers that the scenario names.
     *
     * @param number of the operation, from 0; it names the operation in every run of the scenario, whichever are left out
     * @param luck what the operation draws from: a stream of its own
     */
    void operate(long number, Prng luck);

    /** What a {@code hunt} line may strike; null if this workload has no elections. Asked once, after the start. */
    default Prey prey() {
        return null;
    }

    /** What of a moment counts as coverage; by default what any protocol's description tells. Asked once, at the start. */
    default Abstraction abstraction() {
        return new DescribedStates();
    }

    /** The faults are over and a core is healed, or all: no new disturbance comes from here on. Some nodes may be down. */
    void calm();

    /** Whether everything that must come about has: asked now and then, after {@link #calm()}. */
    boolean converged();

    /** What waits for what, when it has not converged in time. */
    Stall stall();

    /** What is promised to some of the nodes when the others are lost; null if nothing is. Asked once, at the horizon. */
    default Core core() {
        return null;
    }

    /** All nodes are well and connected again: called once, after {@link #calm()}, before all are asked to converge. */
    default void whole() {}

    /** Looks at the whole history when it has converged; throws {@link io.orrery.kernel.Check.Violation}. */
    default void finish() {}
}
