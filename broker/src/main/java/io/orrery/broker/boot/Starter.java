package io.orrery.broker.boot;

import io.orrery.kernel.NodeId;

/**
 * A node that may be of no cluster yet.
 *
 * @param address {@code host:port}; empty where a name is enough
 */
public record Starter(NodeId node, String address) {}
