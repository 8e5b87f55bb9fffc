package io.orrery.gossip.message;

/**
 * A claim of a full state.
 *
 * @param ageMillis for how long the member has been DEAD or LEFT by what the sender knows; 0 for live ones. It travels along
 *     so that all nodes forget a member at about the same time: else each would learn of it again from the next
 */
public record Aged(Claim claim, long ageMillis) {}
