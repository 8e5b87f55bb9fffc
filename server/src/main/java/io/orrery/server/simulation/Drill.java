package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.sim.Stall;

/** Something that a workload does to nodes that have all come right, one after another, and waits for. */
interface Drill {
    /** All nodes are well and of one mind; may be over at once, if it does not suit them. */
    void begin(NodeId leader);

    /** Whether it began, and is not over. */
    boolean isUnderWay();

    /** Whether it is over; all is as well as before, except that not all may know what their leader knows. */
    boolean isOver();

    /** What it waits for; null if it is over. */
    Stall stall();
}
