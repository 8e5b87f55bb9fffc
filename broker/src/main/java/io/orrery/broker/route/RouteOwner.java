package io.orrery.broker.route;

import io.orrery.kernel.NodeId;

/** One life of a node that owns routes: a node that was cleared and comes back is another owner. */
public final class RouteOwner {
    private final NodeId node;
    private final long generation;
    private final int slot;
    /** How many filters it has. */
    long rows;

    boolean live = true;
    /** Whether its rows are being erased. */
    boolean dropped;
    /** Ends of a walk along all filters until its rows are erased. */
    int lapsLeft;
    /** The last match that named it, so that it is named once. */
    long matchedIn;

    RouteOwner(NodeId node, long generation, int slot) {
        this.node = node;
        this.generation = generation;
        this.slot = slot;
    }

    public NodeId node() {
        return node;
    }

    /** The boot of the node that wrote the rows. */
    public long generation() {
        return generation;
    }

    /** A small number, unique among the owners that exist at one time. */
    public int slot() {
        return slot;
    }

    public long rowCount() {
        return rows;
    }

    /** Whether its rows count; false while it is hidden, and from the moment it is cleared. */
    public boolean isLive() {
        return live;
    }

    @Override
    public String toString() {
        return node + "/" + generation;
    }
}
