package io.orrery.gossip.registry.replica;

import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.RegistryMarks;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.gossip.registry.cell.CellTable;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.gossip.registry.message.Mode;
import io.orrery.gossip.registry.message.RegistryMessage.Pull;
import io.orrery.gossip.registry.message.RegistryMessage.Slice;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Answers pulls, and remembers none: each question says how far it has come.
 *
 * <ul>
 *   <li>T1: the first slice claims what was seen when it was made. A cell that stood for a claimed write then is in a later
 *       slice, or what has beaten it meanwhile is: what is passed by was told, what is to come is told as it is.
 *   <li>T2: who has not seen all that was collected is told all; also if that is so only from some slice on.
 *   <li>T3: a slice is bounded in bytes, and in what is looked at for it.
 * </ul>
 */
final class Teller {
    private static final int LOOKED_AT_MAX = 16_384;

    private final CellStore store;
    private final int sliceBytesMax;
    private final RegistryCounters counters;
    private final Trace trace;

    Teller(CellStore store, int sliceBytesMax, RegistryCounters counters, Trace trace) {
        this.store = store;
        this.sliceBytesMax = sliceBytesMax;
        this.counters = counters;
        this.trace = trace;
    }

    /**
     * @param life of this store
     * @param stamp of the clock, now
     * @param participants of this node
     */
    Slice answer(Pull pull, String cluster, long life, long stamp, List<NodeId> participants) {
        boolean mayDelta = store.knowsCollected(pull.seen(), pull.closedHash());
        boolean reaches =
                pull.life() == life && pull.cursor() >= 0 && store.ring().reaches(pull.cursor());
        Mode mode = pull.mode();
        long from = pull.cursor();
        boolean begins = mode == Mode.START
                || pull.life() != life
                || mode == Mode.CHANGES && !reaches
                || mode != Mode.WHOLE && !mayDelta;
        if (begins) {
            boolean byChanges = reaches && (mode == Mode.START || mode == Mode.CHANGES);
            mode = !mayDelta ? Mode.WHOLE : byChanges ? Mode.CHANGES : Mode.MISSING;
            from = mode == Mode.CHANGES ? pull.cursor() : 0;
            if (mode == Mode.MISSING && pull.life() == life && pull.cursor() >= 0) {
                trace.reached(RegistryMarks.CHANGES_FORGOTTEN);
            }
        }
        List<Cell> cells = new ArrayList<>();
        long to = mode == Mode.CHANGES ? changes(from, pull.seen(), cells) : table(from, mode, pull.seen(), cells);
        boolean isLast = to == (mode == Mode.CHANGES ? store.ring().end() : CellTable.HASH_END);
        counters.count(Counter.SLICES_SENT);
        counters.count(Counter.CELLS_SENT, cells.size());
        Versions claim = begins ? store.seen() : null;
        Versions floors = isLast && mode == Mode.WHOLE ? store.floors() : null;
        return new Slice(
                cluster,
                pull.number(),
                mode,
                life,
                from,
                to,
                isLast,
                begins ? store.ring().end() : 0,
                stamp,
                store.floorStamp(),
                claim,
                begins ? store.closedHash() : 0,
                floors,
                isLast ? participants : List.of(),
                cells);
    }

    private long changes(long from, Versions seen, List<Cell> cells) {
        TreeSet<Bytes> told = new TreeSet<>();
        long bytes = 0;
        long position = from;
        long end = Math.min(store.ring().end(), from + LOOKED_AT_MAX);
        for (; position < end && bytes < sliceBytesMax; position++) {
            Bytes key = store.ring().key(position);
            Cell cell = store.find(key);
            if (cell != null && !seen.counts(cell) && told.add(key)) {
                cells.add(cell);
                bytes += cell.length() + Cell.OVERHEAD_BYTES_MAX;
            }
        }
        return position;
    }

    private long table(long from, Mode mode, Versions seen, List<Cell> cells) {
        long[] sums = new long[2];
        Consumer<Cell> taking = cell -> {
            sums[1]++;
            if (mode == Mode.WHOLE || !seen.counts(cell)) {
                cells.add(cell);
                sums[0] += cell.length() + Cell.OVERHEAD_BYTES_MAX;
            }
        };
        long at = from;
        while (at < CellTable.HASH_END && sums[0] < sliceBytesMax && sums[1] < LOOKED_AT_MAX) {
            long end = store.table().bucketEnd(at);
            store.table().forEach(at, end, taking);
            at = end;
        }
        return at;
    }
}
