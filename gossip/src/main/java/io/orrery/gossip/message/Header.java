package io.orrery.gossip.message;

import io.orrery.gossip.Incarnation;

/**
 * What each message begins with.
 *
 * @param cluster the sender's cluster; a receiver of another one refuses the message
 * @param incarnation the sender's own
 */
public record Header(String cluster, Incarnation incarnation) {}
