package io.orrery.broker.session;

/** What the sessions of a node did, since boot. Written by the node's thread alone. */
public final class SessionCounters {
    long connects;
    long takeovers;
    long lost;
    long published;
    long delivered;
    long acknowledged;
    long droppedQueueFull;
    long droppedExpired;
    long droppedByLink;
    long refusedQuota;
    long strayAcks;
    long wills;

    /** CONNECTs accepted. */
    public long connects() {
        return connects;
    }

    /** Sessions closed because their client connected again. */
    public long takeovers() {
        return takeovers;
    }

    /** Sessions that ended otherwise than by the client's DISCONNECT. */
    public long lost() {
        return lost;
    }

    /** Messages taken from clients. */
    public long published() {
        return published;
    }

    /** Messages sent to clients. */
    public long delivered() {
        return delivered;
    }

    /** QoS 1 messages that clients acknowledged. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Messages dropped because a client's queue was full. */
    public long droppedQueueFull() {
        return droppedQueueFull;
    }

    /** Messages whose expiry passed while they waited. */
    public long droppedExpired() {
        return droppedExpired;
    }

    /** Messages that a client's link refused, as too large for it. */
    public long droppedByLink() {
        return droppedByLink;
    }

    /** Publishes, subscriptions refused because of a limit. */
    public long refusedQuota() {
        return refusedQuota;
    }

    /** PUBACKs of clients for nothing that is in flight. */
    public long strayAcks() {
        return strayAcks;
    }

    /** Will messages published. */
    public long wills() {
        return wills;
    }
}
