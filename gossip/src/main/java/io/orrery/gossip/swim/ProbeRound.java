package io.orrery.gossip.swim;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.ArrayList;
import java.util.List;

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
    private final Prng prng;
    private final ArrayList<NodeId> order = new ArrayList<>();
    private int next;

    public ProbeRound(Prng prng) {
        this.prng = prng;
    }

    /** R2. */
    public void add(NodeId peer) {
        int at = prng.below(order.size() + 1);
        order.add(at, peer);
        if (at < next) {
            next++;
        }
    }

    /** Peers of a round that is under way, at a random place of it: nodes that were filled together are not in step. */
    public void fill(List<NodeId> peers) {
        Check.that(order.isEmpty(), "only an empty round is filled");
        order.ensureCapacity(peers.size() + 1);
        order.addAll(peers);
        prng.shuffle(order);
        next = order.isEmpty() ? 0 : prng.below(order.size());
    }

    public void remove(NodeId peer) {
        int at = order.indexOf(peer);
        Check.that(at >= 0, "only a peer of the round leaves it");
        order.remove(at);
        if (at < next) {
            next--;
        }
    }

    public int size() {
        return order.size();
    }

    /** The next peer, or null if there is none. */
    public NodeId next() {
        if (order.isEmpty()) {
            return null;
        }
        if (next == order.size()) {
            prng.shuffle(order);
            next = 0;
        }
        return order.get(next++);
    }
}
