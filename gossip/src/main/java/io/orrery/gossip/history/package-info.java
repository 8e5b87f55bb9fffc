/**
 * What befell each member, as this node saw it: for whoever operates the cluster and asks why.
 *
 * <p>Start with {@link io.orrery.gossip.history.MemberHistory}; {@link io.orrery.gossip.history.MemberEvent} is one line of
 * it. Nothing here decides anything, and no protocol reads it: it is written by {@code swim} and read by commands, on the
 * node's thread. Bounded per member and in total.
 */
package io.orrery.gossip.history;
