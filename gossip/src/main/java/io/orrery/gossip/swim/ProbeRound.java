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
 * </ul>
 */
public final class ProbeRound {
    private static final int SLOTS_MIN = 8;

    private final Prng prng;
    private NodeId[] order = new NodeId[SLOTS_MIN];
    private int size;
    private int next;

    public ProbeRound(Prng prng) {
        this.prng = prng;
    }

    /** R2. */
    public void add(NodeId peer) {
        int at = prng.below(size + 1);
        if (size == order.length) {
            order = Arrays.copyOf(order, size + (size >> 1));
        }
        System.arraycopy(order, at, order, at + 1, size - at);
        order[at] = peer;
        size++;
        if (at < next) {
            next++;
        }
    }

    /**
     * Peers of a round that is under way, at a random place of it: nodes that were filled together are not in step.
     *
     * @param peers in an array that is this round's from now on
     */
    void fill(NodeId[] peers) {
        Check.that(size == 0, "only an empty round is filled");
        size = peers.length;
        order = peers.length >= SLOTS_MIN ? peers : Arrays.copyOf(peers, SLOTS_MIN);
        shuffle();
        next = size == 0 ? 0 : prng.below(size);
    }

    public void remove(NodeId peer) {
        int at = 0;
        while (at < size && !order[at].equals(peer)) {
            at++;
        }
        Check.that(at < size, "only a peer of the round leaves it");
        size--;
        System.arraycopy(order, at + 1, order, at, size - at);
        order[size] = null;
        if (at < next) {
            next--;
        }
    }

    public int size() {
        return size;
    }

    /** The next peer, or null if there is none. */
    public NodeId next() {
        if (size == 0) {
            return null;
        }
        if (next == size) {
            shuffle();
            next = 0;
        }
        return order[next++];
    }

    private void shuffle() {
        prng.shuffle(Arrays.asList(order).subList(0, size));
    }
}
