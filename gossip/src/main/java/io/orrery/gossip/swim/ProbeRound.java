package io.orrery.gossip.swim;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.Arrays;

/**
 * Whom to probe next: every live peer once per round, in an order shuffled anew each round (SWIM, section 4.3). So the time
 * until a dead member is probed is bounded by 2N - 1 periods, and not only in expectation.
 *
 * <ul>
 *   <li>R1: within a round no peer comes twice.
 *   <li>R2: a new peer enters at a random place of the round; if that has passed, its turn comes in the next.
 *   <li>R3: a round that is over is shuffled and starts again.
 *   <li>R4: a round among acquaintances is one of their places, two bytes each, as long as no stranger enters.
 * </ul>
 */
public final class ProbeRound {
    private static final int SLOTS_MIN = 8;

    private final Prng prng;
    /** R4: null if the round is one of places. */
    private NodeId[] order = new NodeId[SLOTS_MIN];
    /** R4: whose places; null if the round is one of names. */
    private NodeId[] known;

    private char[] places;
    private int size;
    private int next;

    public ProbeRound(Prng prng) {
        this.prng = prng;
    }

    /** R2. */
    public void add(NodeId peer) {
        int at = prng.below(size + 1);
        if (known != null && Arrays.binarySearch(known, peer) < 0) {
            becomeNames();
        }
        if (known != null) {
            addPlace(at, Arrays.binarySearch(known, peer));
        } else {
            addName(at, peer);
        }
        size++;
        if (at < next) {
            next++;
        }
    }

    private void addName(int at, NodeId peer) {
        if (size == order.length) {
            order = Arrays.copyOf(order, size + (size >> 1));
        }
        System.arraycopy(order, at, order, at + 1, size - at);
        order[at] = peer;
    }

    private void addPlace(int at, int place) {
        if (size == places.length) {
            places = Arrays.copyOf(places, Math.max(SLOTS_MIN, size + (size >> 1)));
        }
        System.arraycopy(places, at, places, at + 1, size - at);
        places[at] = (char) place;
    }

    /** R4: a stranger enters. */
    private void becomeNames() {
        order = new NodeId[Math.max(SLOTS_MIN, size)];
        for (int i = 0; i < size; i++) {
            order[i] = known[places[i]];
        }
        known = null;
        places = null;
    }

    /**
     * Peers of a round that is under way, at a random place of it: nodes that were filled together are not in step.
     *
     * @param names sorted; not written to
     * @param self is among them, and is no peer
     */
    void fill(NodeId[] names, NodeId self) {
        Check.that(size == 0, "only an empty round is filled");
        Check.argument(names.length <= Character.MAX_VALUE, "places of acquaintances fit two bytes", names.length);
        int own = Arrays.binarySearch(names, self);
        Check.that(own >= 0, "a node is among its own acquaintances");
        size = names.length - 1;
        known = names;
        order = null;
        places = new char[size];
        for (int i = 0; i < size; i++) {
            places[i] = (char) (i < own ? i : i + 1);
        }
        shuffle();
        next = size == 0 ? 0 : prng.below(size);
    }

    public void remove(NodeId peer) {
        int place = known == null ? -1 : Arrays.binarySearch(known, peer);
        int at = 0;
        while (at < size && !(known == null ? order[at].equals(peer) : places[at] == place)) {
            at++;
        }
        Check.that(at < size, "only a peer of the round leaves it");
        size--;
        if (known == null) {
            System.arraycopy(order, at + 1, order, at, size - at);
            order[size] = null;
        } else {
            System.arraycopy(places, at + 1, places, at, size - at);
        }
        if (at < next) {
            next--;
        }
    }

    public int size() {
        return size;
    }

    /** Whether each peer has had its turn, so that the next one is of a new round. */
    boolean isOver() {
        return next == size;
    }

    /** The next peer, or null if there is none. */
    public NodeId next() {
        if (size == 0) {
            return null;
        }
        if (isOver()) {
            shuffle();
            next = 0;
        }
        int at = next++;
        return known == null ? order[at] : known[places[at]];
    }

    private void shuffle() {
        if (known == null) {
            prng.shuffle(Arrays.asList(order).subList(0, size));
            return;
        }
        // As the generator shuffles a list.
        for (int i = size - 1; i > 0; i--) {
            int j = prng.below(i + 1);
            char moved = places[i];
            places[i] = places[j];
            places[j] = moved;
        }
    }
}
