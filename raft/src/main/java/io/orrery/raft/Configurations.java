package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.LogView;
import java.util.ArrayList;

/**
 * The configurations that a log holds, oldest first; the last is in force, committed or not (dissertation, section 4.1).
 */
final class Configurations {
    private record Placed(long index, Configuration configuration) {}

    private final ArrayList<Placed> placed = new ArrayList<>();

    /** Puts in force those of a recovered log. */
    void addAll(LogView log) {
        for (long index = 1; index <= log.lastIndex(); index++) {
            maybeAdd(log.entry(index));
        }
    }

    Configuration latest() {
        return placed.isEmpty() ? Configuration.EMPTY : last().configuration();
    }

    /** Where the one in force is in the log; 0 if there is none. */
    long latestIndex() {
        return placed.isEmpty() ? 0 : last().index();
    }

    private Placed last() {
        return placed.get(placed.size() - 1);
    }

    /** Puts an entry's configuration in force, if it holds one. */
    boolean maybeAdd(Entry entry) {
        if (entry.kind() != Entry.Kind.CONFIG) {
            return false;
        }
        Check.that(entry.index() > latestIndex(), "configurations come in order", entry.index(), latestIndex());
        placed.add(new Placed(entry.index(), Configuration.decode(entry.payload())));
        return true;
    }

    /** Takes out of force what was cut off from {@code index} on; whether that was anything. */
    boolean maybeRollBack(long index) {
        boolean rolled = false;
        while (latestIndex() >= index && !placed.isEmpty()) {
            placed.remove(placed.size() - 1);
            rolled = true;
        }
        return rolled;
    }
}
