/**
 * What the whole cluster must agree on: nodes and their roles, namespaces, topics.
 *
 * <p>{@link io.orrery.broker.cluster.ClusterStateMachine} is replicated by Raft group 0 and knows nothing of Raft: commands
 * in, results out, snapshots. {@link io.orrery.broker.cluster.ClusterKeeper} keeps the group's membership in step with the
 * members that gossip knows. Routes and sessions are not here: no agreement is needed on what one node alone writes.
 *
 * <p>Start with {@code ClusterCommand}, then {@code ClusterStateMachine}.
 */
package io.orrery.broker.cluster;
