package io.orrery.sim.network;

import io.orrery.kernel.NodeId;

/**
 * From a node's name to its index, by open addressing on the name's own hash, which a string computes once. A sender asks
 * it for every frame.
 */
final class NodeTable {
    private NodeId[] ids = new NodeId[32];
    private int[] indexes = new int[32];
    private int size;
    /** The one found last: those who look at a node after its event ask for it several times. */
    private NodeId last;

    private int lastIndex;

    void add(NodeId id, int index) {
        if (size * 2 >= ids.length) {
            grow();
        }
        place(id, index);
        size++;
    }

    /** The index, or -1. */
    int indexOf(NodeId id) {
        if (id == last) {
            return lastIndex;
        }
        int mask = ids.length - 1;
        int slot = slotOf(id, mask);
        while (ids[slot] != null) {
            if (ids[slot] == id || ids[slot].equals(id)) {
                last = id;
                lastIndex = indexes[slot];
                return lastIndex;
            }
            slot = slot + 1 & mask;
        }
        return -1;
    }

    private void place(NodeId id, int index) {
        int mask = ids.length - 1;
        int slot = slotOf(id, mask);
        while (ids[slot] != null) {
            slot = slot + 1 & mask;
        }
        ids[slot] = id;
        indexes[slot] = index;
    }

    private static int slotOf(NodeId id, int mask) {
        int hash = id.name().hashCode() * 0x9E3779B9;
        return hash >>> 16 & mask;
    }

    private void grow() {
        NodeId[] oldIds = ids;
        int[] oldIndexes = indexes;
        ids = new NodeId[oldIds.length * 2];
        indexes = new int[oldIds.length * 2];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldIds[i] != null) {
                place(oldIds[i], oldIndexes[i]);
            }
        }
    }
}
