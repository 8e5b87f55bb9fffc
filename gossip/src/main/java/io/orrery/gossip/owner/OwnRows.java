package io.orrery.gossip.owner;

import io.orrery.gossip.owner.RowStore.Shelf;
import io.orrery.gossip.owner.message.Operation;
import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;

/**
 * This node's rows, and the log of how they came about.
 *
 * <ul>
 *   <li>W1: the rows are the fold of operations 1 to {@link #sequence}.
 * </ul>
 */
final class OwnRows {
    private final OwnerLogConfig config;
    private final Rows rows;
    private final OperationLog log;

    OwnRows(OwnerLogConfig config, Shelf shelf) {
        this.config = config;
        rows = new Rows(shelf);
        log = new OperationLog(config.logOperationsMax(), config.logBytesMax());
    }

    boolean add(Bytes row) {
        Check.argument(row.length() <= config.rowBytesMax(), "a row is at most rowBytesMax long");
        if (!rows.add(row)) {
            return false;
        }
        log.append(new Operation(true, row.compact()));
        return true;
    }

    boolean remove(Bytes row) {
        if (!rows.remove(row)) {
            return false;
        }
        log.append(new Operation(false, row.compact()));
        return true;
    }

    Rows rows() {
        return rows;
    }

    OperationLog log() {
        return log;
    }

    /** The number of the last operation. */
    long sequence() {
        return log.sequence();
    }

    void checkInvariants() {
        Check.that(log.size() <= sequence(), "W2: the log holds what happened", log.size(), sequence());
        Check.that(rows.count() <= sequence(), "W1: each row was added", rows.count(), sequence());
    }
}
