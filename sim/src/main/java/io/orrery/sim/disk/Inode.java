package io.orrery.sim.disk;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A file's content: as a reader sees it now, and the changes that no completed sync covers.
 *
 * <ul>
 *   <li>I1: undoing all pending changes, newest first, and redoing those that are {@link Change.State#DURABLE} yields what is
 *       durable.
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
    /** Ranges that cannot be read; null while there is none. */
    private BadRanges bad;

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
        if (bad != null) {
            bad.cover(offset, offset + data.length());
        }
        add(new Change.Write(content, offset, data));
    }

    /** Readers see these bytes, and the device never will. */
    void writeDropped(long offset, Bytes data) {
        Change change = new Change.Write(content, offset, data);
        change.state = Change.State.DROPPED;
        add(change);
    }

    void truncate(long length) {
        if (bad != null) {
            bad.cover(length, Long.MAX_VALUE);
        }
        add(new Change.Cut(content, length));
    }

    private void add(Change change) {
        change.redo(content);
        pending.add(change);
        pendingBytes += change.weightBytes();
        while (pendingBytes > PENDING_BYTES_MAX) {
            removeOldest();
        }
    }

    /** The number of the next change: a sync issued now covers all below it. */
    long mark() {
        return firstPending + pending.size();
    }

    /** Makes all changes below the mark durable, except those that the device will never see. */
    void harden(long mark) {
        Check.that(mark <= mark(), "I2: a sync covers changes issued before it", mark, mark());
        while (firstPending < mark && pending.peek().state != Change.State.DROPPED) {
            removeOldest();
        }
        forEachBelow(mark, change -> {
            if (change.state == Change.State.DIRTY) {
                change.state = Change.State.DURABLE;
            }
        });
    }

    /** A sync says that it made all changes below the mark durable, and did nothing. */
    void promise(long mark) {
        forEachBelow(mark, change -> change.isPromised = true);
    }

    /** Whether a sync spoke of a change that is still pending. */
    boolean hasPromises() {
        return !pending.isEmpty() && pending.peek().isPromised;
    }

    /** A sync failed: of the changes below the mark, those that were not written yet count as written from now on. */
    void drop(long mark, ChoiceStream luck) {
        forEachBelow(mark, change -> {
            if (change.state == Change.State.DIRTY) {
                change.state = luck.below(2) == 0 ? Change.State.DROPPED : Change.State.DURABLE;
            }
        });
    }

    private void forEachBelow(long mark, Consumer<Change> action) {
        long number = firstPending;
        for (Change change : pending) {
            if (number++ >= mark) {
                return;
            }
            action.accept(change);
        }
    }

    private void removeOldest() {
        Change oldest = pending.remove();
        firstPending++;
        pendingBytes -= oldest.weightBytes();
        Check.that(pendingBytes >= 0, "I3: weights are not negative", pendingBytes);
    }

    private void undoAll() {
        Iterator<Change> newestFirst = pending.descendingIterator();
        while (newestFirst.hasNext()) {
            newestFirst.next().undo(content);
        }
    }

    /** Loses, keeps or tears each change that is not durable; what is left is durable. */
    void crash(int sectorBytes, ChoiceStream luck, DiskCounters counters) {
        undoAll();
        for (Change change : pending) {
            if (change.state == Change.State.DURABLE) {
                change.redo(content);
                continue;
            }
            int fate = change.state == Change.State.DROPPED ? 0 : luck.below(change.canTear(sectorBytes) ? 3 : 2);
            if (fate == 0) {
                counters.changesLost++;
            } else if (fate == 1) {
                counters.changesKept++;
                change.redo(content);
            } else {
                counters.changesTorn++;
                change.redoTorn(content, sectorBytes, luck);
            }
            counters.promisesBroken += change.isPromised && fate != 1 ? 1 : 0;
        }
        firstPending += pending.size();
        pending.clear();
        pendingBytes = 0;
        lastDueNanos = 0;
    }

    /** Forgets what is in memory and not to be written any more: readers see the device's content again. */
    void evict(DiskCounters counters) {
        if (pending.isEmpty()) {
            return;
        }
        rebuild(durable -> {}, change -> {
            boolean dropped = change.state == Change.State.DROPPED;
            counters.changesLost += dropped ? 1 : 0;
            counters.promisesBroken += dropped && change.isPromised ? 1 : 0;
            return !dropped;
        });
    }

    /** Changes what is durable, below all that is pending. */
    void damage(Consumer<PagedBytes> action) {
        rebuild(action, change -> true);
    }

    /** Undoes what is pending, changes what is below, and does again what is to stay. */
    private void rebuild(Consumer<PagedBytes> below, Predicate<Change> stays) {
        undoAll();
        below.accept(content);
        List<Change> changes = new ArrayList<>(pending);
        firstPending += pending.size();
        pending.clear();
        pendingBytes = 0;
        for (Change change : changes) {
            if (stays.test(change)) {
                firstPending--;
                Change again = change.again(content);
                again.redo(content);
                pending.add(again);
                pendingBytes += again.weightBytes();
            }
        }
    }

    /** Length of what was durable before all that is pending. */
    long durableLength() {
        return pending.isEmpty() ? content.length() : pending.peek().lengthBefore;
    }

    void makeUnreadable(long from, long to) {
        if (bad == null) {
            bad = new BadRanges();
        }
        bad.add(from, to);
    }

    boolean isReadable(long offset, int count) {
        return bad == null || !bad.overlaps(offset, offset + count);
    }
}
