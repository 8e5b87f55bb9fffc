package io.orrery.gossip.owner;

import io.orrery.gossip.owner.message.Operation;
import io.orrery.kernel.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * The last operations of one owner: what a peer that missed some can be told again.
 *
 * <ul>
 *   <li>W2: it holds the last operations without a gap, within its limits; the oldest are forgotten first.
 * </ul>
 */
final class OperationLog {
    private final int operationsMax;
    private final long bytesMax;
    /** A ring; its length is a power of two. */
    private Operation[] slots = new Operation[4];

    private int head;
    private int size;
    private long bytes;
    private long sequence;

    OperationLog(int operationsMax, long bytesMax) {
        this.operationsMax = operationsMax;
        this.bytesMax = bytesMax;
    }

    /** The next operation; its row is kept as it is. */
    void append(Operation operation) {
        sequence++;
        if (size == slots.length) {
            grow();
        }
        slots[head + size & slots.length - 1] = operation;
        size++;
        bytes += operation.row().length();
        while (size > operationsMax || bytes > bytesMax) {
            forgetFirst();
        }
        Check.that(bytes >= 0, "W2: the log's bytes are those of its operations", bytes);
    }

    private void forgetFirst() {
        bytes -= slots[head].row().length();
        slots[head] = null;
        head = head + 1 & slots.length - 1;
        size--;
    }

    private void grow() {
        Operation[] larger = new Operation[slots.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = at(i);
        }
        slots = larger;
        head = 0;
    }

    private Operation at(int position) {
        return slots[head + position & slots.length - 1];
    }

    /** Goes on behind {@code newSequence}, and forgets what was before. */
    void restart(long newSequence) {
        while (size > 0) {
            forgetFirst();
        }
        sequence = newSequence;
    }

    /** The number of the last operation. */
    long sequence() {
        return sequence;
    }

    int size() {
        return size;
    }

    /** Whether all operations behind {@code after} are here. */
    boolean remembers(long after) {
        return after >= sequence - size;
    }

    /** The operations behind {@code after}, oldest first, as many as fit; at least one if there is one. */
    List<Operation> after(long after, int countMax, int rowBytesMax) {
        Check.that(remembers(after) && after <= sequence, "W2: only what is remembered is replayed", after, sequence);
        int first = (int) (size - (sequence - after));
        int count = Math.min(countMax, size - first);
        List<Operation> operations = new ArrayList<>(count);
        int rowBytes = 0;
        for (int i = 0; i < count; i++) {
            Operation operation = at(first + i);
            rowBytes += operation.row().length();
            if (rowBytes > rowBytesMax && i > 0) {
                break;
            }
            operations.add(operation);
        }
        return operations;
    }
}
