package io.orrery.gossip.registry.cell;

import io.orrery.kernel.NodeId;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sums of what a store holds, by origin, and which lives nodes are said to live: so that all sessions of a life that ended are
 * void at once (CellStore's S4).
 */
final class Tallies {
    private final TreeMap<Origin, Tally> tallies = new TreeMap<>();
    private final TreeMap<NodeId, Long> lives = new TreeMap<>();
    private final int[] live = new int[Kind.values().length];
    private long liveHash;
    private long bytes;

    /** @param sign 1 for a cell that is held from now on, -1 for one that is no more */
    void count(Cell cell, int sign) {
        Tally tally = tallies.get(cell.origin());
        if (tally == null) {
            tally = new Tally();
            tally.isVoid = life(cell.origin().node()) > cell.origin().life();
            tallies.put(cell.origin(), tally);
        }
        tally.add(cell, sign);
        bytes += (long) sign * cell.length();
        if (!cell.isDeleted() && !(tally.isVoid && cell.kind() == Kind.SESSION)) {
            live[cell.kind().ordinal()] += sign;
            liveHash ^= cell.hash();
        }
        if (tally.cells == 0) {
            tallies.remove(cell.origin());
        }
    }

    /** S4: a life began, so those before it are over. Whether live sessions are void by it. */
    boolean begin(NodeId node, long life) {
        if (life < 2 || life > Origin.LIFE_MAX || life(node) >= life) {
            return false;
        }
        lives.put(node, life);
        boolean voided = false;
        for (Tally tally : tallies.subMap(new Origin(node, 1), true, new Origin(node, life), false)
                .values()) {
            if (!tally.isVoid) {
                tally.isVoid = true;
                liveHash ^= tally.liveHash;
                live[Kind.SESSION.ordinal()] -= tally.liveSessions;
                voided |= tally.liveSessions > 0;
            }
        }
        return voided;
    }

    /** The life that a node is said to live; 0 if nothing is said. */
    long life(NodeId node) {
        return lives.getOrDefault(node, 0L);
    }

    boolean isVoid(Cell cell) {
        if (cell.kind() != Kind.SESSION) {
            return false;
        }
        Long life = lives.get(cell.origin().node());
        return life != null && life > cell.origin().life();
    }

    /** Whether void sessions are still held. */
    boolean holdsVoid() {
        for (Tally tally : tallies.values()) {
            if (tally.isVoid && tally.liveSessions > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether cells are held of a node's lives up to one. */
    boolean holdsOf(NodeId node, long life) {
        return !tallies.subMap(new Origin(node, 1), true, new Origin(node, life), true)
                .isEmpty();
    }

    /** Whether something live is held of an origin that is retired. */
    boolean holdsLiveOfRetired(Versions seen) {
        if (seen.retired().isEmpty()) {
            return false;
        }
        for (Map.Entry<Origin, Tally> entry : tallies.entrySet()) {
            Tally tally = entry.getValue();
            if (seen.isRetired(entry.getKey()) && tally.live > (tally.isVoid ? tally.liveSessions : 0)) {
                return true;
            }
        }
        return false;
    }

    /** Of all cells that are neither deleted nor void. */
    long liveHash() {
        return liveHash;
    }

    int live(Kind kind) {
        return live[kind.ordinal()];
    }

    int liveCells() {
        int sum = 0;
        for (int count : live) {
            sum += count;
        }
        return sum;
    }

    /** Of keys and values. */
    long bytes() {
        return bytes;
    }
}
