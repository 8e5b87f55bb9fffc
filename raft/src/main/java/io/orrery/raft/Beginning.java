package io.orrery.raft;

/**
 * What a replica begins with where there is no log.
 *
 * @param initial members that the group begins with; empty on a node that joins later
 * @param isFirst whether an empty disk is a new one: see {@link RaftConfig#firstBoot}
 */
record Beginning(Configuration initial, boolean isFirst) {}
