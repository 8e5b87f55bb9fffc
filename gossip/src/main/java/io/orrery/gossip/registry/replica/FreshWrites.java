package io.orrery.gossip.registry.replica;

import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.message.RegistryMessage.Fresh;
import io.orrery.kernel.Check;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * This node's writes since the last batch.
 *
 * <ul>
 *   <li>F1: a batch is of one origin, and without a gap.
 *   <li>F2: of each key written it carries what stands now, which may be somebody else's: what beats a write goes with it, or
 *       the receiver would have seen the write and hold neither.
 *   <li>F3: if of some key nothing stands any more, nothing is sent: digests tell.
 * </ul>
 */
final class FreshWrites {
    private static final int WRITES_MAX = 1024;

    private final CellStore store;
    private final Timer timer;
    private final long batchNanos;
    private final int bytesMax;
    private final List<Cell> writes = new ArrayList<>();
    private long bytes;

    FreshWrites(CellStore store, Timer timer, long batchNanos, int bytesMax) {
        this.store = store;
        this.timer = timer;
        this.batchNanos = batchNanos;
        this.bytesMax = bytesMax;
    }

    /** Whether the batch is to be flushed first. */
    boolean isFull(Origin next) {
        return !writes.isEmpty()
                && (writes.size() >= WRITES_MAX
                        || bytes >= bytesMax / 2
                        || !writes.get(0).origin().equals(next));
    }

    void add(Cell cell) {
        Check.that(
                writes.isEmpty() || writes.get(writes.size() - 1).sequence() + 1 == cell.sequence(),
                "F1: a batch has no gap",
                cell.sequence());
        if (writes.isEmpty()) {
            timer.restart(batchNanos);
        }
        writes.add(cell);
        bytes += cell.length() + Cell.OVERHEAD_BYTES_MAX;
    }

    void flush(String cluster, long stamp, Consumer<Fresh> send) {
        if (writes.isEmpty()) {
            return;
        }
        TreeSet<Bytes> keys = new TreeSet<>();
        List<Cell> standing = new ArrayList<>();
        boolean whole = true;
        for (Cell write : writes) {
            if (keys.add(write.key())) {
                Cell cell = store.find(write.key());
                whole &= cell != null;
                standing.add(cell);
            }
        }
        Origin origin = writes.get(0).origin();
        long first = writes.get(0).sequence();
        long last = writes.get(writes.size() - 1).sequence();
        writes.clear();
        bytes = 0;
        timer.cancel();
        if (whole) {
            send.accept(new Fresh(cluster, origin, first, last, stamp, standing));
        }
    }
}
