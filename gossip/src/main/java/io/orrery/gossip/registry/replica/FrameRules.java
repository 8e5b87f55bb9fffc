package io.orrery.gossip.registry.replica;

import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What cannot be if all nodes keep the rules. Who says it is wrong, or this node is; a frame that does is refused whole, with the
 * reason, and nothing of it is taken. So a peer's words never stop this node.
 *
 * <ul>
 *   <li>X1: a cell breaks CellStore's S1: it was seen here, and beats what is held.
 *   <li>X2: somebody has seen a write of this life that this life has not made.
 *   <li>X3: a stamp, an epoch or a life is so high that hardly any is above it: to write over it would be impossible. Room is
 *       left to write over what is just below.
 *   <li>X4: a frame has two cells of one key.
 * </ul>
 */
final class FrameRules {
    private static final long STAMP_HEARD_MAX = HybridClock.STAMP_MAX - (1L << 40);
    private static final long LIFE_HEARD_MAX = Origin.LIFE_MAX - (1L << 40);

    private final CellStore store;

    FrameRules(CellStore store) {
        this.store = store;
    }

    /**
     * What is wrong with a frame; null if nothing is.
     *
     * @param own the origin of this life
     * @param written how many writes it has made
     * @param floorStamp 0 for none
     */
    String whyNot(Origin own, long written, List<Cell> cells, long floorStamp) {
        if (floorStamp > STAMP_HEARD_MAX) {
            return "a stamp of what was collected is beyond all clocks: " + floorStamp;
        }
        TreeSet<Bytes> keys = new TreeSet<>();
        for (Cell cell : cells) {
            String wrong = whyNot(own, written, cell);
            if (wrong == null && !keys.add(cell.key())) {
                wrong = "its key comes twice";
            }
            if (wrong != null) {
                return wrong + ": " + cell;
            }
        }
        return null;
    }

    private String whyNot(Origin own, long written, Cell cell) {
        if (cell.stamp() > STAMP_HEARD_MAX || cell.epoch() > STAMP_HEARD_MAX) {
            return "a stamp beyond all clocks";
        }
        if (cell.origin().life() > LIFE_HEARD_MAX || cell.kind() == Kind.LIFE && cell.epoch() > LIFE_HEARD_MAX) {
            return "a life beyond all lives";
        }
        if (cell.origin().equals(own) && cell.sequence() > written) {
            return "a write of this node's life that it has not made";
        }
        return store.contradicts(cell) ? "it was seen here, and would beat what is held" : null;
    }

    /**
     * What is wrong with a set of writes that somebody has seen or collected; null if nothing is.
     *
     * @param claim null for none
     */
    static String whyNot(Origin own, long written, Versions claim) {
        if (claim == null) {
            return null;
        }
        boolean isRetired = claim.isRetired(own);
        TreeSet<Long> strays = claim.strays().get(own);
        long last = Math.max(claim.sequence(own), strays == null ? 0 : strays.last());
        if (!isRetired && last > written) {
            return "write " + last + " of this node's life is said to be seen, which has made " + written;
        }
        for (int i = 0; i < claim.count(); i++) {
            if (claim.originAt(i).life() > LIFE_HEARD_MAX) {
                return "a life beyond all lives: " + claim.originAt(i);
            }
        }
        for (Map.Entry<NodeId, Long> entry : claim.retired().entrySet()) {
            if (entry.getValue() > LIFE_HEARD_MAX) {
                return "a life beyond all lives: " + entry;
            }
        }
        return null;
    }
}
