/**
 * How replicas of the registry come to hold the same: fresh writes for speed, digests and pulls for certainty.
 *
 * <p>Start with {@link io.orrery.gossip.registry.replica.Replica}, the control flow;
 * {@link io.orrery.gossip.registry.replica.Teller} answers pulls, {@link io.orrery.gossip.registry.replica.Pulls} makes them,
 * {@link io.orrery.gossip.registry.replica.PeerBook} is what is known of peers and
 * {@link io.orrery.gossip.registry.replica.Tidy} what may be forgotten because of it. What a cell means is not known here.
 */
package io.orrery.gossip.registry.replica;
