package io.orrery.broker.boot;

import io.orrery.gossip.ClusterId;
import io.orrery.kernel.NodeId;
import java.util.List;

/**
 * How first boot ended.
 *
 * @param id of this node's cluster
 * @param voters of Raft group 0 at its beginning, if this node begins as one of them; else empty
 * @param isFirst whether this disk is known to be the one on which the node began. Of a node that came later it is not: the name
 *     may have voted before, on another disk
 * @param contacts of the cluster
 */
public record BootOutcome(ClusterId id, List<NodeId> voters, boolean isFirst, List<NodeId> contacts) {}
