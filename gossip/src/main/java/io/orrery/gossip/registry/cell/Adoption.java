package io.orrery.gossip.registry.cell;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cell becomes that a stranger brings: one that has not seen what was collected here, or that knows writes of a life that is
 * retired here. Neither says which of its cells were deleted meanwhile and which are news, so they count as news, and are written
 * anew by who meets them.
 *
 * <p>So CellStore's S1 rests on nobody's word of who takes part. With
 *
 * <pre>
 *   for each delete t in seen(p):   p holds a cell of t's key that is t or beats t,
 *                                   or one that is t or beats t is in floors(p), and not above floorStamp(p)    (A0)
 * </pre>
 *
 * <p>p takes from q what it has not seen as it stands only
 *
 * <ol>
 *   <li>if floors(p) is within seen(q): then q has seen each t of A0, and what it holds is not beaten by it (S1 at q);
 *   <li>or if p holds a live cell of the key, which it beats: so it beats all that this one beats;
 *   <li>or if it is above floorStamp(p), and so above each t that p no longer holds ({@link #isBelow}).
 * </ol>
 *
 * <p>Else it is adopted: p writes it anew above floorStamp(p). So is what p holds and q has not seen, when p has been told all that q
 * holds and joins q's floors. That p holds nothing below a delete that it has seen follows by induction over what p does. Who is
 * waited for before something is collected decides only how much counts as news that is none.
 *
 * <ul>
 *   <li>A1: above all that was collected, if a delete that is forgotten may beat it. As low as that allows, to beat no more than it must.
 *   <li>A2: as it stands otherwise, under an origin that is not retired, and so that it beats what it is made of.
 *   <li>A3: a session is a tombstone then: only its own node can write it. If that stands for it, it hears of it and writes it
 *       again, above.
 * </ul>
 */
public final class Adoption {
    private Adoption() {}

    /**
     * Whether a cell that is told is not to be taken as it is.
     *
     * @param isStranger whether who tells it may not have seen all that was collected here
     */
    public static boolean isNeeded(CellStore store, Cell cell, boolean isStranger) {
        Cell held = store.find(cell.key());
        if (store.hasSeen(cell) || held != null && CellOrder.compare(cell, held) <= 0) {
            return false;
        }
        boolean isAlone = store.isLive(cell) && (held == null || !store.isLive(held));
        return store.isClosed(cell) || isStranger && isAlone && isBelow(cell, store.floorStamp());
    }

    /**
     * The live cells that a teller of all has not seen, and that what it collected may beat: looks through all.
     *
     * @param claim what the teller had seen, and {@code floorStamp} of what it collected
     */
    public static List<Cell> unknownBelow(CellStore store, Versions claim, long floorStamp) {
        List<Cell> unknown = new ArrayList<>();
        store.table().forEach(cell -> {
            if (store.isLive(cell) && !claim.covers(cell) && isBelow(cell, floorStamp)) {
                unknown.add(cell);
            }
        });
        return unknown;
    }

    /** Whether a write of the cell's key that was collected, with a stamp and an epoch of this at most, may beat it. */
    public static boolean isBelow(Cell cell, long floorStamp) {
        return switch (cell.kind()) {
            case NAMESPACE -> cell.stamp() <= floorStamp;
            case CLIENT, SESSION -> cell.epoch() <= floorStamp;
            case LIFE -> false;
        };
    }

    /**
     * The cell that stands for one that is adopted.
     *
     * @param floorStamp of what was collected here
     * @param by the origin that writes it, and {@code number} the number of that write
     */
    public static Cell of(Cell cell, long floorStamp, Origin by, long number) {
        boolean isRaised = !cell.isDeleted() && isBelow(cell, floorStamp);
        boolean isSession = cell.kind() == Kind.SESSION;
        long epoch = isRaised && cell.kind() != Kind.NAMESPACE ? floorStamp + 1 : cell.epoch();
        long stamp = isRaised ? Math.max(cell.stamp(), floorStamp + 1) : cell.stamp();
        boolean deleted = cell.isDeleted() || isSession;
        Bytes value = deleted ? Bytes.EMPTY : cell.value();
        Cell adopted = new Cell(cell.key(), value, epoch, stamp, deleted, by, number);
        if (CellOrder.compare(adopted, cell) <= 0) {
            adopted = new Cell(cell.key(), value, epoch, stamp + 1, deleted, by, number);
        }
        Check.that(CellOrder.compare(adopted, cell) > 0, "A2: what is adopted beats what it is made of", stamp);
        return adopted;
    }
}
