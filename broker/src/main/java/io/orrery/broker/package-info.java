/**
 * The clustered message broker: MQTT sessions on each node, routes on every node, cluster state on Raft group 0.
 *
 * <p>{@link io.orrery.broker.BrokerNode} is the root protocol of a node and the only class that knows all the parts:
 * it owns membership, the write-ahead log, the Raft group, and the {@code ClientService}, which connects the owner log with
 * the route table and the sessions. Everything here is pure: it runs on one node thread, or in the simulator, and reaches the world through
 * {@link io.orrery.kernel.Kernel} alone. A network listener talks to it by {@code connect} and through
 * {@link io.orrery.broker.session.ClientLink}.
 *
 * <p>Start with {@code BrokerNode}, then {@link io.orrery.broker.session.ClientSession}, then {@code route.RouteTable}.
 */
package io.orrery.broker;
