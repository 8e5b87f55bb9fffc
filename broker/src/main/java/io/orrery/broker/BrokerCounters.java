package io.orrery.broker;

/** What a node's routing did, since boot. Written by the node's thread alone. */
public final class BrokerCounters {
    long unrouted;
    long overloaded;
    long malformedRows;
    long routesCleared;

    /** Messages that nobody wanted. */
    public long unrouted() {
        return unrouted;
    }

    /** QoS 1 messages refused because a link was full. */
    public long overloaded() {
        return overloaded;
    }

    /** Rows of peers that say nothing this version knows. */
    public long malformedRows() {
        return malformedRows;
    }

    /** How often all rows of a node vanished. */
    public long routesCleared() {
        return routesCleared;
    }
}
