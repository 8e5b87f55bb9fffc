package io.orrery.gossip.registry.replica;

import io.orrery.gossip.Membership;
import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.RegistryMarks;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.gossip.registry.cell.CellTable;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What may be forgotten because all know it.
 *
 * <ul>
 *   <li>Y1: a tombstone, or a void session, goes when every participant said, settled, that it has seen it, and this node has
 *       seen what they had (CellStore tells why that suffices).
 *   <li>Y2: an origin whose life is over is retired when nothing of it is held, and all participants said last that they have
 *       seen just what this node has. Among that is the word that a later life began (a LIFE cell), and who has heard that
 *       takes nothing more from the earlier: so nobody can have seen more of it since. Nobody of those who take part: a stranger
 *       may have, or of a life between that these never heard of. What it brings of that is adopted (CellStore's S5), so unanimity is not
 *       for safety: it is for retiring without news.
 *   <li>Y3: so that nothing of it be held, what is live of it is written anew, as it stands, by a later life of its node; or if
 *       that is forgotten, by the first of the live. Also only when all have seen the same: a node that came back with old
 *       state must not give new numbers to what was deleted meanwhile.
 *   <li>Y4: of a node that is forgotten the first of the live says that its life is over: then its sessions are void, and its
 *       origins can be retired.
 * </ul>
 */
final class Tidy {
    private static final int TOMBSTONES_MAX = 20_000;
    private static final int REWRITTEN_MAX = 200;
    private static final long SWEEP_HASHES = CellTable.HASH_END / 16;

    private final Replica replica;
    private final Membership membership;
    private final PeerBook book;
    private final CellStore store;
    private final RegistryCounters counters;
    private final Trace trace;
    private TreeSet<NodeId> strangers = new TreeSet<>();
    private long swept;

    Tidy(
            Replica replica,
            Membership membership,
            PeerBook book,
            CellStore store,
            RegistryCounters counters,
            Trace trace) {
        this.replica = replica;
        this.membership = membership;
        this.book = book;
        this.store = store;
        this.counters = counters;
        this.trace = trace;
    }

    void run(long nowNanos) {
        book.look(nowNanos);
        if (!store.isSettled() || !book.knowsParticipants(replica.isFounder())) {
            return;
        }
        Versions seen = store.seen();
        Versions byAll = book.seenByAll(seen, replica.kept());
        if (byAll != null) {
            collect(byAll);
        }
        if (book.isUnanimous(seen)) {
            retire(seen);
        }
        endForgotten(seen);
    }

    /** Y1. */
    private void collect(Versions byAll) {
        int collected = store.collect(byAll, TOMBSTONES_MAX);
        counters.count(Counter.TOMBSTONES_COLLECTED, collected);
        if (collected > 0) {
            trace.reached(RegistryMarks.COLLECTED);
        }
        if (store.holdsVoid()) {
            long to = Math.min(CellTable.HASH_END, swept + SWEEP_HASHES);
            counters.count(Counter.SESSIONS_COLLECTED, store.collectVoid(swept, to, byAll));
            swept = to == CellTable.HASH_END ? 0 : to;
        }
    }

    private void retire(Versions seen) {
        for (int i = 0; i < seen.count(); i++) {
            Origin origin = seen.originAt(i);
            if (!isOver(origin)) {
                continue;
            }
            if (!store.holdsOf(origin.node(), origin.life())) {
                store.retire(origin.node(), origin.life());
                counters.count(Counter.ORIGINS_RETIRED);
                trace.reached(RegistryMarks.RETIRED);
            } else if (isResponsible(origin.node())) {
                rewrite(store.liveOf(origin, REWRITTEN_MAX));
            }
        }
    }

    /** Y3. */
    private void rewrite(List<Cell> cells) {
        for (Cell cell : cells) {
            // Else the first of the live is too old for it: a later one will do it, once it is the first.
            if (cell.origin().life() >= replica.origin().life()) {
                continue;
            }
            replica.rewrite(cell);
            counters.count(Counter.CELLS_REHOMED);
            trace.reached(RegistryMarks.REHOMED);
        }
    }

    private boolean isOver(Origin origin) {
        return origin.life() < store.life(origin.node());
    }

    private boolean isResponsible(NodeId node) {
        return node.equals(replica.self()) || !book.isParticipant(node) && isFirstOfLive();
    }

    private boolean isFirstOfLive() {
        List<NodeId> peers = membership.livePeers();
        return peers.isEmpty() || replica.self().compareTo(peers.get(0)) < 0;
    }

    /** Y4: of who was a stranger at the last look too; a life is declared that is above all that it can have lived. */
    private void endForgotten(Versions seen) {
        TreeMap<NodeId, Long> lives = new TreeMap<>();
        for (int i = 0; i < seen.count(); i++) {
            Origin origin = seen.originAt(i);
            boolean isStranger = !origin.node().equals(replica.self()) && !book.isParticipant(origin.node());
            if (isStranger && !isOver(origin)) {
                lives.merge(origin.node(), origin.life(), Math::max);
            }
        }
        if (isFirstOfLive()) {
            for (NodeId node : new ArrayList<>(lives.keySet())) {
                if (strangers.contains(node)) {
                    replica.declareLife(node, lives.get(node) + 1);
                    trace.reached(RegistryMarks.FORGOTTEN_VOIDED);
                }
            }
        }
        strangers = new TreeSet<>(lives.keySet());
    }
}
