/**
 * The limits and intervals of membership, one record per mechanism, each with its default, its unit and the hazard of
 * changing it.
 *
 * <p>Start with {@link io.orrery.gossip.GossipConfig}, which holds one of each.
 */
package io.orrery.gossip.config;
