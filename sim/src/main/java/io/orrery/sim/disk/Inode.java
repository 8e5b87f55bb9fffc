package io.orrery.sim.disk;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * A file's content: as a reader sees it now, and the changes that no completed sync covers.
 *
 * <ul>
 *   <li>I1: undoing all pending changes, newest first, yields what is durable.
 *   <li>I2: pending changes are numbered without gaps; those below {@code firstPending} are durable.
 *   <li>I3: pending changes weigh at most {@value #PENDING_BYTES_MAX} bytes; beyond it the oldest are written back, as an
 *       operating system would.
 * </ul>
 */
final class Inode {
    static final long PENDING_BYTES_MAX = 64L * 1024 * 1024;

    private final PagedBytes content = new PagedBytes();
    private final ArrayDeque<Change> pending = new ArrayDeque<>();
    private long firstPending;
    private long pendingBytes;
    /** When the operation issued last on this file completes; the next completes no earlier. */
    private long lastDueNanos;

    Inode(long lastDueNanos) {
        this.lastDueNanos = lastDueNanos;
    }

    long lastDueNanos() {
        return lastDueNanos;
    }

    void lastDueNanos(long nanos) {
        Check.that(nanos >= lastDueNanos, "operations of a file complete in order", nanos, lastDueNanos);
        lastDueNanos = nanos;
    }

    long length() {
        return content.length();
    }

    int pendingCount() {
        return pending.size();
    }

    Bytes read(long offset, int count) {
        return Bytes.wrap(content.read(offset, count));
    }

    void write(long offset, Bytes data) {
        add(new Change.Write(content, offset, data));
    }

    void truncate(long length) {
        add(new Change.Cut(content, length));
    }

    private void add(Change change) {
        change.redo(content);
        pending.add(change);
        pendingBytes += change.weightBytes();
        while (pendingBytes > PENDING_BYTES_MAX) {
            hardenOldest();
        }
    }

    /** The number of the next change: a sync issued now covers all below it. */
    long mark() {
        return firstPending + pending.size();
    }

    /** Makes all changes below the mark durable. */
    void harden(long mark) {
        Check.that(mark <= mark(), "I2: a sync covers changes issued before it", mark, mark());
        while (firstPending < mark) {
            hardenOldest();
        }
    }

    private void hardenOldest() {
        Change oldest = pending.remove();
        firstPending++;
        pendingBytes -= oldest.weightBytes();
        Check.that(pendingBytes >= 0, "I3: weights are not negative", pendingBytes);
    }

    /** Loses, keeps or tears each change that is not durable; what is left is durable. */
    void crash(ChoiceStream luck, DiskCounters counters) {
        Iterator<Change> newestFirst = pending.descendingIterator();
        while (newestFirst.hasNext()) {
            newestFirst.next().undo(content);
        }
        for (Change change : pending) {
            int fate = luck.below(change.canTear() ? 3 : 2);
            if (fate == 0) {
                counters.changesLost++;
            } else if (fate == 1) {
                counters.changesKept++;
                change.redo(content);
            } else {
                counters.changesTorn++;
                change.redoTorn(content, luck);
            }
        }
        firstPending += pending.size();
        pending.clear();
        pendingBytes = 0;
        lastDueNanos = 0;
    }
}
