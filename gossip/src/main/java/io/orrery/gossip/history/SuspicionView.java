package io.orrery.gossip.history;

import io.orrery.gossip.Incarnation;
import io.orrery.kernel.NodeId;
import java.util.List;

/**
 * A suspicion that runs, as it stands.
 *
 * @param accusers the first one, then those who confirmed, in the order of their names
 * @param sinceNanos this node's monotonic clock when it began
 * @param deadlineNanos when the suspect is declared dead unless it refutes, or confirmations or local health move the time
 * @param confirmationsMax how many confirmations would shorten it
 */
public record SuspicionView(
        NodeId suspect,
        Incarnation incarnation,
        List<NodeId> accusers,
        long sinceNanos,
        long deadlineNanos,
        int confirmationsMax) {}
