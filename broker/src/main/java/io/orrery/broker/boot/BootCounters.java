package io.orrery.broker.boot;

/** What first boot did and refused since this node started. For the node's thread. */
public final class BootCounters {
    /** What is counted. */
    public enum Counter {
        /** Ballots begun here. */
        BALLOTS,
        /** Promises given. */
        PROMISES,
        /** Foundings accepted. */
        ACCEPTED,
        /** Nodes that were told which cluster this one is of. */
        ADMITTED,
        /** Messages of clusters of another name. */
        REFUSED_OTHER_NAME,
        /** Nodes that were told of another cluster while this one had its own. */
        REFUSED_OTHER_ID,
        /** Nodes that expect others than this one does. */
        REFUSED_OTHER_ELECTORATE,
        /** Ballots refused because so many nodes are here that two clusters could form. */
        REFUSED_TOO_MANY,
        /** Requests dropped because too many wait for the disk. */
        DROPPED_BUSY
    }

    private final long[] counts = new long[Counter.values().length];

    void count(Counter counter) {
        counts[counter.ordinal()]++;
    }

    public long of(Counter counter) {
        return counts[counter.ordinal()];
    }
}
