/**
 * First boot: how nodes that start together agree on one cluster before there is any, and how a node that comes later gets to
 * know which one it is of. Nothing else of a node runs before this is over: no gossip, no log.
 *
 * <p>It is Paxos for one value, the {@link io.orrery.broker.boot.Founding}, among nodes of which at first only the number is
 * known. What it must not do: form a second cluster, whatever is lost, cut, restarted, or started late; change an id.
 *
 * <p>Start with {@link io.orrery.broker.boot.FirstBoot}; its rules B1 to B7 are numbered there. The argument why they suffice
 * is in docs/adr/0014-first-boot.md.
 */
package io.orrery.broker.boot;
