package io.orrery.gossip.registry.replica;

import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What this node knows of what its peers have seen, and how far it has what they hold.
 *
 * <ul>
 *   <li>K1: what a peer has seen counts only as the peer said it in its present life, of a time when it was settled, and if it
 *       cannot forget it.
 *   <li>K2: a participant is whoever was a member here, in this life or one before it on this disk, until membership forgets
 *       it; one that membership has not known for {@code forgottenNanos} of this life is one no more.
 *   <li>K3: who takes part is known only to a life that was told it, at the end of a pull, by a live member which knew something.
 *       That both hold the same, of which digests are enough, does not tell it: then a pull without cells asks. A node that is
 *       alone after a restart collects nothing.
 * </ul>
 */
public final class PeerBook {
    /** What is known of one peer. */
    static final class Known {
        private final long generation;
        private Versions seen;
        private Versions kept;
        private Versions confirmed;
        private long life;
        private long position = -1;
        private long syncedNanos = -1;
        private boolean isFresh = true;
        private boolean hasToldWho;

        private Known(long generation) {
            this.generation = generation;
        }

        /** The life of the peer's store to which {@link #position} belongs. */
        long life() {
            return life;
        }

        /** Up to where of its changes all that it holds is held here; -1 if that is not known. */
        long position() {
            return position;
        }
    }

    private final NodeId self;
    private final Membership membership;
    private final long forgottenNanos;
    private final TreeMap<NodeId, Known> peers = new TreeMap<>();
    private final TreeSet<NodeId> participants = new TreeSet<>();
    private final TreeMap<NodeId, Long> missingSince = new TreeMap<>();
    /** One number each. */
    private final TreeMap<NodeId, long[]> asOf = new TreeMap<>();

    private long participantChanges;

    PeerBook(NodeId self, Membership membership, long forgottenNanos) {
        this.self = self;
        this.membership = membership;
        this.forgottenNanos = forgottenNanos;
    }

    // ---- what peers say

    /** K1: what is known of a live member in its present life. */
    Known of(NodeId peer) {
        Member member = membership.member(peer);
        long generation = member == null ? 0 : member.incarnation().generation();
        Known known = peers.get(peer);
        if (known == null || known.generation != generation) {
            known = new Known(generation);
            peers.put(peer, known);
        }
        return known;
    }

    /** A peer told what it has seen, was settled with, and cannot forget. */
    void onKept(NodeId peer, Versions kept) {
        of(peer).kept = kept;
    }

    /** A peer told what it has seen. */
    void onSeen(NodeId peer, Versions seen) {
        of(peer).seen = seen;
    }

    /** Whether it began with nothing, and has not learnt from anybody yet. */
    void onFresh(NodeId peer, boolean isFresh) {
        of(peer).isFresh = isFresh;
    }

    /**
     * Whether this node, which began with nothing, knows now what there is to know: it has all that one knew who knew something,
     * or all that all live members had, who began with nothing too.
     */
    boolean hasLearnt() {
        boolean all = !membership.livePeers().isEmpty();
        for (NodeId peer : membership.livePeers()) {
            Known known = of(peer);
            if (known.syncedNanos >= 0 && !known.isFresh) {
                return true;
            }
            all &= known.syncedNanos >= 0;
        }
        return all;
    }

    /** All that a peer held at a position, and at a stamp of its clock, is held here. */
    void onSynced(NodeId peer, long life, long position, long stamp, long nowNanos) {
        Known known = of(peer);
        known.life = life;
        known.position = position;
        known.syncedNanos = nowNanos;
        onAsOf(peer, stamp);
    }

    /** All that a node wrote up to a stamp of its clock is held here. */
    void onAsOf(NodeId node, long stamp) {
        long[] known = asOf.get(node);
        if (known == null) {
            asOf.put(node, new long[] {stamp});
        } else {
            known[0] = Math.max(known[0], stamp);
        }
    }

    void forget(NodeId peer) {
        peers.remove(peer);
        participantChanges += participants.remove(peer) ? 1 : 0;
        missingSince.remove(peer);
        asOf.remove(peer);
    }

    /** K3: what a peer says of who takes part; who knows it needs no such words, and does not keep the forgotten alive by them. */
    void onParticipants(NodeId peer, Collection<NodeId> nodes, boolean isFounder) {
        if (!knowsParticipants(isFounder)) {
            addParticipants(nodes);
        }
        Known known = of(peer);
        known.hasToldWho |= !known.isFresh;
    }

    /** K3: whether this life knows who takes part. */
    boolean knowsParticipants(boolean isFounder) {
        for (NodeId peer : membership.livePeers()) {
            Known known = of(peer);
            if (known.syncedNanos >= 0 && known.hasToldWho) {
                return true;
            }
        }
        return isFounder && participants.isEmpty();
    }

    // ---- who takes part

    /** K2: of earlier lives on this disk, or of somebody who may know. */
    public void addParticipants(Collection<NodeId> nodes) {
        for (NodeId node : nodes) {
            if (!node.equals(self) && participants.add(node)) {
                participantChanges++;
            }
        }
    }

    /** Rises whenever somebody more takes part, or somebody no more. */
    long participantChanges() {
        return participantChanges;
    }

    public List<NodeId> participants() {
        return new ArrayList<>(participants);
    }

    /** K2. */
    void look(long nowNanos) {
        addParticipants(membership.members().keySet());
        membership.members().keySet().forEach(missingSince::remove);
        List<NodeId> gone = new ArrayList<>();
        for (NodeId node : participants) {
            if (membership.member(node) == null) {
                Long since = missingSince.putIfAbsent(node, nowNanos);
                if (since != null && nowNanos - since >= forgottenNanos) {
                    gone.add(node);
                }
            }
        }
        gone.forEach(this::forget);
    }

    boolean isParticipant(NodeId node) {
        return participants.contains(node) || membership.member(node) != null;
    }

    /**
     * What every participant has seen and cannot forget, as far as that is part of what this node has seen; null if somebody has
     * not said so in its present life.
     *
     * @param kept what this node itself cannot forget
     */
    Versions seenByAll(Versions seen, Versions kept) {
        Versions low = new Versions(kept);
        for (NodeId node : participants) {
            Known known = membership.member(node) == null ? peers.get(node) : of(node);
            if (known != null && known.kept != null && seen.includes(known.kept)) {
                known.confirmed = known.kept;
            }
            if (known == null || known.confirmed == null) {
                return null;
            }
            low = meet(low, known.confirmed);
        }
        return low;
    }

    private static Versions meet(Versions a, Versions b) {
        if (a.equals(b)) {
            return a;
        }
        Versions both = new Versions();
        for (int i = 0; i < a.count(); i++) {
            Origin origin = a.originAt(i);
            long common = b.isRetired(origin) ? a.sequenceAt(i) : Math.min(a.sequenceAt(i), b.sequence(origin));
            if (common > 0) {
                both.add(origin, common);
            }
        }
        for (Map.Entry<NodeId, Long> entry : a.retired().entrySet()) {
            long common = Math.min(entry.getValue(), b.retired(entry.getKey()));
            if (common > 0) {
                both.retire(entry.getKey(), common);
            }
        }
        for (Map.Entry<Origin, TreeSet<Long>> entry : a.strays().entrySet()) {
            for (long stray : entry.getValue()) {
                if (b.covers(entry.getKey(), stray)) {
                    both.addOne(entry.getKey(), stray);
                }
            }
        }
        return both;
    }

    /** Whether every participant said last that it has seen exactly this. */
    boolean isUnanimous(Versions seen) {
        for (NodeId node : participants) {
            Known known = membership.member(node) == null ? peers.get(node) : of(node);
            if (known == null || !seen.equals(known.seen)) {
                return false;
            }
        }
        return true;
    }

    // ---- freshness

    public TreeMap<NodeId, Long> asOf() {
        TreeMap<NodeId, Long> copy = new TreeMap<>();
        asOf.forEach((node, stamp) -> copy.put(node, stamp[0]));
        return copy;
    }

    /** When all that the peer held was last held here; -1 if never in its present life. */
    public long syncedNanos(NodeId peer) {
        return of(peer).syncedNanos;
    }
}
