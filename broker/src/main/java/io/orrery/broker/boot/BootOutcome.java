package io.orrery.broker.boot;

import io.orrery.gossip.ClusterId;
import io.orrery.kernel.NodeId;
import java.util.List;

/**
 * How first boot ended.
 *
 * @param id of this node's cluster
 * @param voters of Raft group 0 at its beginning, if this node begins as one of them; else empty
 * @param hasLostDisk whether this node is one of them by name, and has another disk now: it may have voted, and forgotten it
 * @param contacts of the cluster
 */
public record BootOutcome(ClusterId id, List<NodeId> voters, boolean hasLostDisk, List<NodeId> contacts) {}
