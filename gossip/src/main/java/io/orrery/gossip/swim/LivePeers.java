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

/**
 * The live members but this node, sorted by name: whom to talk to.
 *
 * <ul>
 *   <li>L1: names rise strictly along the array.
 *   <li>L2: an array shared with other nodes is not written to: the few of it that are no live peers of this node, itself among
 *       them, are gaps. When there would be more than {@link #GAPS_MAX}, or a name that is not in it, it is copied.
 *   <li>L3: gaps rise strictly, and there are none in an array of one's own.
 * </ul>
 */
public final class LivePeers {
    private static final int SLOTS_MIN = 8;
    private static final int GAPS_MAX = 16;
    private static final int[] NO_GAPS = {};

    /** Without its gaps, {@link #size} names. */
    private NodeId[] peers = new NodeId[SLOTS_MIN];

    private int[] gaps = NO_GAPS;
    private int gapCount;
    private boolean isShared;
    private int size;
    private final List<NodeId> view = new View();

    void add(NodeId node) {
        if (isShared && maybeClose(node)) {
            return;
        }
        own();
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
        peers = names;
        size = names.length - 1;
        gaps = new int[] {own};
        gapCount = 1;
        isShared = true;
    }

    /** L2. */
    private boolean maybeClose(NodeId node) {
        int place = Arrays.binarySearch(peers, node);
        if (place < 0) {
            return false;
        }
        int at = Arrays.binarySearch(gaps, 0, gapCount, place);
        Check.that(at >= 0, "a peer comes alive once");
        gapCount--;
        System.arraycopy(gaps, at + 1, gaps, at, gapCount - at);
        size++;
        return true;
    }

    /** L2. */
    private boolean maybeOpen(NodeId node) {
        if (gapCount == GAPS_MAX) {
            return false;
        }
        int place = Arrays.binarySearch(peers, node);
        int at = -Arrays.binarySearch(gaps, 0, gapCount, place) - 1;
        Check.that(place >= 0 && at >= 0, "only a live peer dies");
        gaps = gapCount == gaps.length ? Arrays.copyOf(gaps, gapCount * 2) : gaps;
        System.arraycopy(gaps, at, gaps, at + 1, gapCount - at);
        gaps[at] = place;
        gapCount++;
        size--;
        return true;
    }

    /** L2 and L3. */
    private void own() {
        if (isShared) {
            peers = Arrays.copyOf(toArray(), Math.max(SLOTS_MIN, size));
            gaps = NO_GAPS;
            gapCount = 0;
            isShared = false;
        }
    }

    private NodeId at(int index) {
        int place = index;
        for (int i = 0; i < gapCount && gaps[i] <= place; i++) {
            place++;
        }
        return peers[place];
    }

    void remove(NodeId node) {
        if (isShared && maybeOpen(node)) {
            return;
        }
        own();
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
        NodeId[] all = new NodeId[size];
        for (int i = 0; i < size; i++) {
            all[i] = at(i);
        }
        return all;
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
            NodeId peer = at(prng.below(size));
            if (!peer.equals(excluded) && !drawn.contains(peer)) {
                drawn.add(peer);
            }
        }
        return drawn;
    }

    private final class View extends AbstractList<NodeId> implements RandomAccess {
        @Override
        public NodeId get(int index) {
            return at(Objects.checkIndex(index, size));
        }

        @Override
        public int size() {
            return size;
        }
    }
}
