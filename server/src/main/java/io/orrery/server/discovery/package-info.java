/**
 * Where a node might find others at its start. Discovery only suggests addresses: who is a member, gossip says; who may
 * vote, the Raft group of the cluster state. Losing a discovery backend never removes anybody.
 *
 * <p>Start with {@link io.orrery.server.discovery.Discovery}.
 */
package io.orrery.server.discovery;
