package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftGroup;

/** Of a workload that runs one Raft group: its replicas, to be looked at in the middle of a run. */
public interface RaftReplicas {
    /** The node's replica; null while it is down or boots. */
    RaftGroup replica(NodeId node);

    /** Who began the group. */
    Configuration founders();
}
