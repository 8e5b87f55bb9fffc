package io.orrery.gossip.swim;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** The live members but this node, sorted by name: whom to talk to. */
public final class LivePeers {
    private static final int SLOTS_MIN = 8;

    private NodeId[] peers = new NodeId[SLOTS_MIN];
    private int size;
    private final List<NodeId> view = new View();

    void add(NodeId node) {
        int at = Arrays.binarySearch(peers, 0, size, node);
        Check.that(at < 0, "a peer comes alive once");
        if (size == peers.length) {
            peers = Arrays.copyOf(peers, size + (size >> 1));
        }
        int slot = -at - 1;
        System.arraycopy(peers, slot, peers, slot + 1, size - slot);
        peers[slot] = node;
        size++;
    }

    /** All of these at once, but {@code self}. */
    void fill(Acquaintances known, NodeId self) {
        Check.that(size == 0, "only an empty list of peers is filled");
        NodeId[] names = known.names();
        int own = Arrays.binarySearch(names, self);
        Check.that(own >= 0, "a node is among its own acquaintances");
        size = names.length - 1;
        peers = new NodeId[Math.max(SLOTS_MIN, size)];
        System.arraycopy(names, 0, peers, 0, own);
        System.arraycopy(names, own + 1, peers, own, size - own);
    }

    void remove(NodeId node) {
        int at = Arrays.binarySearch(peers, 0, size, node);
        Check.that(at >= 0, "only a live peer dies");
        size--;
        System.arraycopy(peers, at + 1, peers, at, size - at);
        peers[size] = null;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The peers, sorted: a read-only view. */
    public List<NodeId> list() {
        return view;
    }

    /** The peers in an array of the caller's own. */
    NodeId[] toArray() {
        return Arrays.copyOf(peers, size);
    }

    /**
     * Draws distinct peers, uniformly.
     *
     * @param excluded never drawn; null for none
     * @return {@code count} of them, or all there are
     */
    public List<NodeId> sample(int count, NodeId excluded, Prng prng) {
        List<NodeId> drawn = new ArrayList<>(Math.min(count, size));
        if (count * 3 >= size) {
            drawn.addAll(view);
            drawn.remove(excluded);
            prng.shuffle(drawn);
            return drawn.size() <= count ? drawn : drawn.subList(0, count);
        }
        while (drawn.size() < count) {
            NodeId peer = peers[prng.below(size)];
            if (!peer.equals(excluded) && !drawn.contains(peer)) {
                drawn.add(peer);
            }
        }
        return drawn;
    }

    private final class View extends AbstractList<NodeId> implements RandomAccess {
        @Override
        public NodeId get(int index) {
            return peers[Objects.checkIndex(index, size)];
        }

        @Override
        public int size() {
            return size;
        }
    }
}
