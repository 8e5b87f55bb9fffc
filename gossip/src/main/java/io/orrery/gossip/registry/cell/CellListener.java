package io.orrery.gossip.registry.cell;

import io.orrery.kernel.NodeId;

/** Hears what changes in a store, inside the call that changes it. */
public interface CellListener {
    /**
     * @param before null if there was no cell of the key
     */
    void onChange(Cell before, Cell after);

    /** All sessions that the node wrote in lives before this one are void from now on; some were live. */
    void onVoided(NodeId node, long life);
}
