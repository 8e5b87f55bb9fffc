package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What whoever starts a node must know: whether it has begun already. It has when its replica's first term was on a disk, be it
 * replaced since.
 */
final class Beginnings {
    private final TreeMap<NodeId, TreeSet<Long>> begun = new TreeMap<>();

    /** Whether the node starts the group for the first time, as far as anybody was told. */
    boolean isFirst(NodeId node, long group) {
        return !begun.containsKey(node) || !begun.get(node).contains(group);
    }

    void onSeen(NodeId node, long number, RaftGroup group) {
        if (group.view().isRunning() && group.view().log().durableHardState().term() > 0 && isFirst(node, number)) {
            begun.computeIfAbsent(node, id -> new TreeSet<>()).add(number);
        }
    }
}
