/**
 * Rows that one node owns and all live members hold: routes.
 *
 * <p>Start with {@link io.orrery.gossip.owner.OwnerLog}. Each node writes only its own rows, so there is nothing to merge and
 * nothing to resolve; a row belongs to one generation of its owner and dies with it. Rows do not ride on SWIM's packets: they
 * go from the owner to each member by streams, and digests find what was lost.
 *
 * <p>Not for state that several nodes write, and not for what must survive its owner.
 */
package io.orrery.gossip.owner;
