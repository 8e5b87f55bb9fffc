package io.orrery.sim.exhaust;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;

/** What is enumerated: nodes, what is asked of them, and what must hold. One object serves one run. */
public interface Model {
    /** What a node runs. */
    Program program(NodeId node);

    /** Looks at a node after one of its events; throws {@link io.orrery.kernel.Check.Violation} if something is wrong. */
    void check(NodeId node, Protocol protocol);

    /** Asks something of a node, as an event of it; does nothing where there is nothing to ask. */
    default void operate(NodeId node, Protocol protocol, int number) {}

    /** Whether a timer may fire. One that only serves upkeep may be left out: it would come before those that matter. */
    default boolean fires(String timer) {
        return true;
    }
}
