package io.orrery.broker.boot;

import io.orrery.broker.boot.BootMessage.Promise;
import io.orrery.gossip.ClusterId;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One ballot of this node: Paxos' proposer. A leaf, which counts and chooses, and sends nothing.
 *
 * <ul>
 *   <li>B3: it proposes one founding: what the highest ballot that its promises tell of has accepted, if any has; else one of
 *       its own, of which those that promised are the voters.
 *   <li>B4: it is decided when a quorum has accepted it in this ballot.
 * </ul>
 */
final class Candidacy {
    private final Ballot ballot;
    private final Electorate electorate;
    private final TreeMap<NodeId, Promise> promises = new TreeMap<>();
    private final TreeSet<NodeId> accepted = new TreeSet<>();
    private Founding founding;
    private boolean takesOver;

    Candidacy(Ballot ballot, Electorate electorate) {
        this.ballot = ballot;
        this.electorate = electorate;
    }

    Ballot ballot() {
        return ballot;
    }

    /** What it proposes; null as long as it collects promises. */
    Founding founding() {
        return founding;
    }

    /** Whether it proposes what an earlier ballot has begun. */
    boolean takesOver() {
        return takesOver;
    }

    void onPromise(NodeId from, Promise promise) {
        if (founding == null && electorate.includes(from)) {
            promises.put(from, promise);
        }
    }

    /** Whether enough have promised. */
    boolean canPropose() {
        return founding == null && electorate.isQuorum(promised());
    }

    /** Who has promised. */
    TreeSet<NodeId> promised() {
        return new TreeSet<>(promises.keySet());
    }

    /** B3: decides what to propose. */
    Founding propose(Prng prng) {
        Check.that(canPropose(), "B3: a quorum has promised, and nothing is proposed yet");
        Promise highest = null;
        for (Promise promise : promises.values()) {
            if (promise.acceptedIn() != null
                    && (highest == null || promise.acceptedIn().compareTo(highest.acceptedIn()) > 0)) {
                highest = promise;
            }
        }
        takesOver = highest != null;
        founding = takesOver ? highest.accepted() : new Founding(ClusterId.draw(prng), disks());
        return founding;
    }

    private TreeMap<NodeId, Long> disks() {
        TreeMap<NodeId, Long> disks = new TreeMap<>();
        promises.forEach((node, promise) -> disks.put(node, promise.disk()));
        return disks;
    }

    /** B4: one more has accepted; whether that decides it. */
    boolean onAccepted(NodeId from) {
        if (founding != null && electorate.includes(from)) {
            accepted.add(from);
        }
        return founding != null && electorate.isQuorum(accepted);
    }
}
