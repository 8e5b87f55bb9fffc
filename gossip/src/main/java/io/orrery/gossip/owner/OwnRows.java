package io.orrery.gossip.owner;

import io.orrery.gossip.owner.message.Operation;
import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * This node's rows, and the log of how they came about, as far as it is remembered.
 *
 * <ul>
 *   <li>W1: the rows are the fold of operations 1 to {@link #sequence}.
 *   <li>W2: the log holds the last operations without a gap, within its limits; the oldest are forgotten first.
 * </ul>
 */
final class OwnRows {
    private static final int ROW_OVERHEAD_BYTES = 4;

    private final OwnerLogConfig config;
    private final Rows rows = new Rows();
    private final OperationRing log = new OperationRing();
    private long logBytes;
    private long sequence;

    OwnRows(OwnerLogConfig config) {
        this.config = config;
    }

    boolean add(Bytes row) {
        Check.argument(row.length() <= config.rowBytesMax(), "a row is at most rowBytesMax long");
        if (rows.contains(row)) {
            return false;
        }
        Bytes kept = row.compact();
        rows.add(kept);
        append(new Operation(true, kept));
        return true;
    }

    boolean remove(Bytes row) {
        if (!rows.remove(row)) {
            return false;
        }
        append(new Operation(false, row.compact()));
        return true;
    }

    private void append(Operation operation) {
        sequence++;
        log.addLast(operation);
        logBytes += operation.row().length();
        while (log.size() > config.logOperationsMax() || logBytes > config.logBytesMax()) {
            logBytes -= log.removeFirst().row().length();
        }
        Check.that(logBytes >= 0, "W2: the log's bytes are those of its operations", logBytes);
    }

    Rows rows() {
        return rows;
    }

    /** The number of the last operation. */
    long sequence() {
        return sequence;
    }

    /** Whether all operations behind {@code after} are remembered. */
    boolean remembers(long after) {
        return after >= sequence - log.size();
    }

    /** The operations behind {@code after}, as many as a batch holds, oldest first. They must be remembered. */
    List<Operation> operations(long after) {
        Check.that(remembers(after) && after <= sequence, "W2: only what is remembered is replayed", after, sequence);
        long first = log.size() - (sequence - after);
        int count = (int) Math.min(config.batchOperationsMax(), log.size() - first);
        List<Operation> operations = new ArrayList<>(count);
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            Operation operation = log.at(first + i);
            bytes += operation.row().length();
            if (bytes > config.batchBytesMax() && i > 0) {
                break;
            }
            operations.add(operation);
        }
        return operations;
    }

    /** The first rows behind {@code from} (null: from the first) that fit a message. */
    List<Bytes> chunk(Bytes from) {
        List<Bytes> chunk = new ArrayList<>();
        int bytes = 0;
        for (Bytes row : rows.range(from, null)) {
            bytes += row.length() + ROW_OVERHEAD_BYTES;
            if (bytes > config.batchBytesMax() && !chunk.isEmpty()) {
                break;
            }
            chunk.add(row);
        }
        return chunk;
    }

    void checkInvariants() {
        Check.that(log.size() <= sequence, "W2: the log holds what happened", log.size(), sequence);
        Check.that(rows.count() <= sequence, "W1: each row was added", rows.count(), sequence);
    }
}
