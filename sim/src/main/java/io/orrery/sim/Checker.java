package io.orrery.sim;

import io.orrery.kernel.NodeId;

/** Looks at all nodes at once, for what none of them can check alone. Throws {@link io.orrery.kernel.Check.Violation}. */
@FunctionalInterface
public interface Checker {
    /** Called after every event of a node that has survived it; must be cheap. */
    void afterEvent(Simulation sim, NodeId node);

    /** Called once, when a run is over. */
    default void atEnd(Simulation sim) {}
}
