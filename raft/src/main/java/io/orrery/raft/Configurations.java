package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.RaftLog;
import java.util.ArrayList;

/**
 * The configurations that a log holds, oldest first; the last is in force, committed or not (dissertation, section 4.1).
 */
final class Configurations {
    private record Placed(long index, Configuration configuration) {}

    private final ArrayList<Placed> placed = new ArrayList<>();
    private final Configuration known;
    /** The last of them, which is asked for with every message. */
    private Configuration latest = Configuration.EMPTY;

    private long latestIndex;

    /**
     * @param known one that may well be found in the log, and that other groups of the node may have as well: then all have the
     *     same object, and the same names of nodes
     */
    Configurations(Configuration known) {
        this.known = known;
    }

    /** Puts in force those of a recovered log, after that of its snapshot, if there is one. */
    void addAll(RaftLog log) {
        for (long index = Math.max(log.firstIndex(), latestIndex() + 1); index <= log.lastIndex(); index++) {
            maybeAdd(log, index);
        }
    }

    /** Puts in force what a snapshot says was in force at its end; those that came later stay. */
    void adopt(long snapshotIndex, long index, Configuration configuration) {
        placed.removeIf(each -> each.index() <= snapshotIndex);
        placed.add(0, new Placed(index, configuration));
        onPlaced();
    }

    /** Begins with the one that was in force at the end of a snapshot, which came into force at {@code index}. */
    void restartAt(long index, Configuration configuration) {
        placed.clear();
        placed.add(new Placed(index, configuration));
        onPlaced();
    }

    /** The one in force at {@code index}, before later ones; EMPTY if it is not known. */
    Configuration at(long index) {
        Placed found = placedAt(index);
        return found == null ? Configuration.EMPTY : found.configuration();
    }

    /** Where the one in force at {@code index} is in the log; 0 if it is not known. */
    long indexAt(long index) {
        Placed found = placedAt(index);
        return found == null ? 0 : found.index();
    }

    private Placed placedAt(long index) {
        Placed found = null;
        for (Placed each : placed) {
            if (each.index() <= index) {
                found = each;
            }
        }
        return found;
    }

    /** Forgets those that were superseded at {@code index} or before: the log is compacted up to there. */
    void compactTo(long index) {
        while (placed.size() > 1 && placed.get(1).index() <= index) {
            placed.remove(0);
        }
    }

    Configuration latest() {
        return latest;
    }

    /** Where the one in force is in the log; 0 if there is none. */
    long latestIndex() {
        return latestIndex;
    }

    private void onPlaced() {
        Placed last = placed.isEmpty() ? null : placed.get(placed.size() - 1);
        latest = last == null ? Configuration.EMPTY : last.configuration();
        latestIndex = last == null ? 0 : last.index();
    }

    /** The log has one more entry, of this kind. */
    void onAppended(RaftLog log, Entry.Kind kind) {
        if (kind == Entry.Kind.CONFIG) {
            add(log.entry(log.lastIndex()));
        }
    }

    /** Puts an entry's configuration in force, if it holds one. */
    private void maybeAdd(RaftLog log, long index) {
        if (log.kind(index) == Entry.Kind.CONFIG) {
            add(log.entry(index));
        }
    }

    private void add(Entry entry) {
        Check.that(entry.index() > latestIndex(), "configurations come in order", entry.index(), latestIndex());
        Configuration read = Configuration.decode(entry.payload());
        placed.add(new Placed(entry.index(), read.equals(known) ? known : read));
        onPlaced();
    }

    /** Takes out of force what was cut off from {@code index} on; whether that was anything. */
    boolean maybeRollBack(long index) {
        boolean rolled = false;
        while (latestIndex() >= index && !placed.isEmpty()) {
            placed.remove(placed.size() - 1);
            onPlaced();
            rolled = true;
        }
        return rolled;
    }
}
