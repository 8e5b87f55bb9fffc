package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.sim.Simulation;
import java.util.List;

/**
 * New stream connections between nodes whose network has healed.
 *
 * <p>What was sent over a bad link may be retransmitted seconds after that has healed, and all that is sent later waits behind
 * it: that is no fault of the protocol's. An oracle that times a protocol on a healthy network begins with new connections.
 */
final class Reconnection {
    private Reconnection() {}

    /** Breaks the connections of each of the nodes with each other one: what was on the way is lost. */
    static void among(Simulation sim, List<NodeId> nodes) {
        for (NodeId from : nodes) {
            for (NodeId to : nodes) {
                if (!to.equals(from)) {
                    sim.network().cut(from, to);
                    sim.network().reset(from, to);
                    sim.network().mend(from, to);
                }
            }
        }
    }
}
