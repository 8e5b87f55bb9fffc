package io.orrery.raft.snapshot;

import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Whom slices are asked of, in turn; whoever refuses or is silent is left out until all were. */
final class SliceSources {
    private final ArrayList<NodeId> all = new ArrayList<>();
    private final TreeSet<NodeId> leftOut = new TreeSet<>();
    private int turn;

    void add(List<NodeId> nodes) {
        for (NodeId node : nodes) {
            if (!all.contains(node)) {
                all.add(node);
            }
        }
    }

    /** The next one; null if all are left out. */
    NodeId next() {
        for (int i = 0; i < all.size(); i++) {
            NodeId node = all.get(turn++ % all.size());
            if (!leftOut.contains(node)) {
                return node;
            }
        }
        return null;
    }

    void leaveOut(NodeId node) {
        leftOut.add(node);
    }

    boolean isExhausted() {
        return leftOut.containsAll(all);
    }

    /** All may be asked again. */
    void readmit() {
        leftOut.clear();
        turn = turn % Math.max(1, all.size());
    }
}
