package io.orrery.gossip.registry.cell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What came in ahead of its turn: writes that were taken and are not in what was seen, in the order in which they came. One that
 * has been seen since leaves when it is the first.
 */
final class Extras {
    private final ArrayDeque<Cell> cells = new ArrayDeque<>();
    private final Predicate<Cell> hasSeen;

    Extras(Predicate<Cell> hasSeen) {
        this.hasSeen = hasSeen;
    }

    void add(Cell cell) {
        dropSeen();
        cells.add(cell);
    }

    private void dropSeen() {
        while (!cells.isEmpty() && hasSeen.test(cells.peek())) {
            cells.remove();
        }
    }

    boolean isNone() {
        dropSeen();
        return cells.isEmpty();
    }

    /** Puts all of them into what was seen, unless they are more than so many. Whether there were some. */
    boolean maybeAbsorb(Versions seen, int most) {
        dropSeen();
        if (cells.isEmpty() || cells.size() > most) {
            return false;
        }
        cells.forEach(cell -> seen.addOne(cell.origin(), cell.sequence()));
        cells.clear();
        return true;
    }

    /** Removes those whose origin was retired before they were seen: their turn never comes. */
    List<Cell> takeClosed(Versions seen) {
        List<Cell> closed = new ArrayList<>();
        dropSeen();
        for (Iterator<Cell> all = cells.iterator(); all.hasNext(); ) {
            Cell cell = all.next();
            if (seen.isRetired(cell.origin())) {
                all.remove();
                if (!hasSeen.test(cell)) {
                    closed.add(cell);
                }
            }
        }
        return closed;
    }
}
