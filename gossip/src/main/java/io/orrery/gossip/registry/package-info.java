/**
 * Namespaces, registered clients, and where clients are connected: what several nodes may write and every node can answer, also
 * in a partition.
 *
 * <p>Start with {@link io.orrery.gossip.registry.Registry}. What wins when two sides changed the same is in
 * {@code cell.CellOrder}, the formula of convergence and why nothing comes back to life in {@code cell.CellStore}, how replicas
 * talk in {@code replica.Replica}. docs/REGISTRY.md is for users, ADR 0018 says why it is so.
 *
 * <p>Nothing here may decide what must be unique: a session's entry finds it, and only Raft could fence it.
 */
package io.orrery.gossip.registry;
