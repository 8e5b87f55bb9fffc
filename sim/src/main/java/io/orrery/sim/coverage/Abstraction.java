package io.orrery.sim.coverage;

import io.orrery.kernel.NodeId;
import io.orrery.sim.Simulation;

/**
 * Says what of a workload's nodes and messages matters for coverage. It looks and never touches, and draws nothing. Whether
 * nodes are up or paused, and who reaches whom, is sketched already. One object serves one run.
 */
public interface Abstraction {
    /** Kinds of messages are numbered below this; 0 is for those that do not count. */
    int KINDS_MAX = 32;

    /**
     * Adds the features of the present moment: for each node that is up, under its index in {@code sim.nodes()}.
     */
    void sketch(Simulation sim, AbstractState state);

    /** A cheap number that changes whenever something important of the node does; the node is up. */
    default long pulse(NodeId node) {
        return 0;
    }

    /** Of which kind a message is that is sent; whether any of a kind is in flight is a feature of the state. */
    default int kindOf(Object message) {
        return 0;
    }
}
