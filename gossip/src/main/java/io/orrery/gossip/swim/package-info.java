/**
 * The mechanisms of SWIM and Lifeguard, one small file each; {@link io.orrery.gossip.Membership} puts them together, and
 * {@link io.orrery.gossip.swim.Beliefs} makes every decision about a member's state.
 *
 * <p>In the order of the paper: {@link io.orrery.gossip.swim.Prober} and {@link io.orrery.gossip.swim.ProbeRound} (3.1, 4.3),
 * {@link io.orrery.gossip.swim.Relays} (3.1), {@link io.orrery.gossip.swim.RumourQueue} (4.1),
 * {@link io.orrery.gossip.swim.Suspicions} (4.2); of Lifeguard {@link io.orrery.gossip.swim.LocalHealth}. Ours:
 * {@link io.orrery.gossip.swim.Pauses} (a node that stood still), {@link io.orrery.gossip.swim.Syncer} (push/pull),
 * {@link io.orrery.gossip.swim.Graveyard} (those who are gone), {@code Exiles} (those who are forgotten), {@link io.orrery.gossip.swim.GenerationFile} (what survives a
 * crash). Internal to the module: other modules use {@code io.orrery.gossip}.
 */
package io.orrery.gossip.swim;
