package io.orrery.sim.run;

import io.orrery.kernel.NodeId;
import io.orrery.sim.Stall;
import java.util.List;

/**
 * What a workload promises when only some of its nodes are well, and all others are lost for good or half alive. One object
 * serves one run's liveness phase, in which operations have ended.
 */
public interface Core {
    /**
     * Whether these nodes, all of them up and connected, are enough for the protocols' promises: judged by what each of them
     * believes now, since each may come to lead.
     */
    boolean suffices(List<NodeId> core);

    /**
     * What keeps the core from coming right, not counting the others; null if it has come right. Asked every few
     * milliseconds; may ask the core for something new, such as a write, and wait for it.
     */
    Stall stall(List<NodeId> core);
}
