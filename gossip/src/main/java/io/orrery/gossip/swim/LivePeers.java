package io.orrery.gossip.swim;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The live members but this node, sorted by name: whom to talk to. */
public final class LivePeers {
    private final ArrayList<NodeId> peers = new ArrayList<>();
    private final List<NodeId> view = Collections.unmodifiableList(peers);

    void add(NodeId node) {
        int at = Collections.binarySearch(peers, node);
        Check.that(at < 0, "a peer comes alive once");
        peers.add(-at - 1, node);
    }

    /** All of these at once, but {@code self}. */
    void fill(Acquaintances known, NodeId self) {
        Check.that(peers.isEmpty(), "only an empty list of peers is filled");
        peers.ensureCapacity(known.size());
        for (int i = 0; i < known.size(); i++) {
            if (!known.at(i).node().equals(self)) {
                peers.add(known.at(i).node());
            }
        }
    }

    void remove(NodeId node) {
        int at = Collections.binarySearch(peers, node);
        Check.that(at >= 0, "only a live peer dies");
        peers.remove(at);
    }

    public int size() {
        return peers.size();
    }

    public boolean isEmpty() {
        return peers.isEmpty();
    }

    /** The peers, sorted: a read-only view. */
    public List<NodeId> list() {
        return view;
    }

    /**
     * Draws distinct peers, uniformly.
     *
     * @param excluded never drawn; null for none
     * @return {@code count} of them, or all there are
     */
    public List<NodeId> sample(int count, NodeId excluded, Prng prng) {
        List<NodeId> drawn = new ArrayList<>(Math.min(count, peers.size()));
        if (count * 3 >= peers.size()) {
            drawn.addAll(peers);
            drawn.remove(excluded);
            prng.shuffle(drawn);
            return drawn.size() <= count ? drawn : drawn.subList(0, count);
        }
        while (drawn.size() < count) {
            NodeId peer = peers.get(prng.below(peers.size()));
            if (!peer.equals(excluded) && !drawn.contains(peer)) {
                drawn.add(peer);
            }
        }
        return drawn;
    }
}
