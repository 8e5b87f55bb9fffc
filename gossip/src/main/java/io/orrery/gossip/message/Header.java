package io.orrery.gossip.message;

import io.orrery.gossip.ClusterId;
import io.orrery.gossip.Incarnation;

/**
 * What each message begins with.
 *
 * @param cluster the sender's cluster; a receiver of another one refuses the message
 * @param id of the sender's cluster; a receiver with another one refuses the message. NONE before version 2 of the codec
 * @param incarnation the sender's own
 */
public record Header(String cluster, ClusterId id, Incarnation incarnation) {
    /** Of a sender whose cluster has no id. */
    public Header(String cluster, Incarnation incarnation) {
        this(cluster, ClusterId.NONE, incarnation);
    }
}
