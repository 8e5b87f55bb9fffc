package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A leader's peers, sorted by name. They are few, and a leader goes through them with every message: a list, to be walked by
 * index.
 */
final class Peers {
    private final List<Peer> sorted = new ArrayList<>();

    int size() {
        return sorted.size();
    }

    Peer at(int index) {
        return sorted.get(index);
    }

    /** The peer of that name, or null. */
    Peer find(NodeId node) {
        int slot = slotOf(node);
        return slot < sorted.size() && sorted.get(slot).node.equals(node) ? sorted.get(slot) : null;
    }

    void add(Peer peer) {
        Check.that(find(peer.node) == null, "a peer is followed once");
        sorted.add(slotOf(peer.node), peer);
    }

    boolean removeIf(Predicate<Peer> which) {
        return sorted.removeIf(which);
    }

    /** How many peers come before that name. */
    private int slotOf(NodeId node) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).node.compareTo(node) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
