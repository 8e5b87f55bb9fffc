package io.orrery.broker.cluster;

import io.orrery.kernel.NodeId;

/**
 * A node of the cluster, whether it runs or not, until it is removed.
 *
 * @param address {@code host:port} as it advertises itself; empty where a name is enough
 * @param joinedIndex of the command that first registered it
 */
public record NodeRecord(NodeId node, String address, NodeRole role, long joinedIndex) {}
