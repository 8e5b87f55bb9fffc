package io.orrery.gossip.registry.cell;

import java.util.ArrayDeque;

/**
 * What came in ahead of its turn: writes that were taken and are not in what was seen, in the order in which they came. One that
 * has been seen since leaves when it is the first.
 */
final class Extras {
    private final ArrayDeque<Cell> cells = new ArrayDeque<>();

    void add(Cell cell, Versions seen) {
        dropSeen(seen);
        cells.add(cell);
    }

    private void dropSeen(Versions seen) {
        while (!cells.isEmpty() && seen.covers(cells.peek())) {
            cells.remove();
        }
    }

    boolean isNone(Versions seen) {
        dropSeen(seen);
        return cells.isEmpty();
    }

    /** Puts all of them into what was seen, unless they are more than so many. Whether there were some. */
    boolean maybeAbsorb(Versions seen, int most) {
        dropSeen(seen);
        if (cells.isEmpty() || cells.size() > most) {
            return false;
        }
        cells.forEach(cell -> seen.addOne(cell.origin(), cell.sequence()));
        cells.clear();
        return true;
    }
}
