package io.orrery.raft.log;

import io.orrery.kernel.Check;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the log's size on disk in proportion to what is live in it. Where it is too large, what is live in the oldest segment
 * is written again at the end of the log, some with each batch, until nothing is; then the segment is released. So a slow
 * group never pins the disk, and a segment in which nothing is live costs nothing but a record.
 *
 * <ul>
 *   <li>I1: segments take at most twice what is live in them, and one segment more; where they take more, each batch rewrites
 *       some, and is followed by another until they do not.
 *   <li>I2: a segment is given away only when the batch that says so is durable, and with it all that made it dead.
 *   <li>I3: when all groups were asked, nothing is live in a segment.
 * </ul>
 */
final class Collector {
    private static final int SLICE_BYTES_MAX = 8 * 1024 * 1024;
    private static final int SLICE_BYTES = 256 * 1024;
    private static final long NOBODY = Long.MIN_VALUE;

    private final TreeMap<Long, RaftLog> logs;
    private final Segments segments;
    private final WalConfig config;
    private final WalCounters counters;
    private long asked = NOBODY;
    private long firstNeeded = 1;
    private long damagedTo;

    Collector(TreeMap<Long, RaftLog> logs, Segments segments, WalConfig config, WalCounters counters) {
        this.logs = logs;
        this.segments = segments;
        this.config = config;
        this.counters = counters;
    }

    /** Segments before this one are released by what is in the log or in the next batch. */
    long firstNeeded() {
        return firstNeeded;
    }

    void firstNeeded(long number) {
        firstNeeded = Math.max(firstNeeded, number);
    }

    /** I1: whether the log takes more than it may, and something can be done about it while this segment is written. */
    boolean isTooLarge(long current) {
        return firstNeeded < current && segments.usedBytes() > 2 * segments.liveBytes() + config.segmentBytes();
    }

    /** A segment is damaged: it is given away as soon as may be, with those before it. */
    void onDamaged(long number) {
        damagedTo = Math.max(damagedTo, number);
    }

    /** Whether the segment, or a later one, is damaged. */
    boolean isDamaged(long number) {
        return number <= damagedTo;
    }

    /** Whether there is something to do even if nothing is appended. */
    boolean hasWork(long current) {
        return isTooLarge(current) || firstNeeded < current && isDamaged(firstNeeded) || isDamaged(current);
    }

    /**
     * Adds to the batch what makes the log smaller; called for each batch before it is sealed.
     *
     * @param current the segment that is written, which is never collected
     * @param isFull whether there is no space to write anything again
     */
    void collect(WalBatch batch, long current, boolean isFull) {
        int budget = Math.min(SLICE_BYTES_MAX, Math.max(sliceBytes(), 2 * batch.sizeBytes()));
        while (firstNeeded < current) {
            if (segments.liveBytes(firstNeeded) > 0) {
                boolean rewrites = !isFull && (isTooLarge(current) || isDamaged(firstNeeded));
                budget = rewrites && budget > 0 ? rewrite(batch, budget) : 0;
                if (segments.liveBytes(firstNeeded) > 0) {
                    return;
                }
            }
            firstNeeded++;
            asked = NOBODY;
            batch.release(firstNeeded);
        }
    }

    private int sliceBytes() {
        return (int) Math.min(SLICE_BYTES, config.segmentBytes() / 2);
    }

    /** Rewrites what is live in the oldest segment, as far as the budget goes; what is left of it. */
    private int rewrite(WalBatch batch, int budget) {
        int before = batch.sizeBytes();
        Map.Entry<Long, RaftLog> next = asked == NOBODY ? logs.firstEntry() : logs.higherEntry(asked);
        for (; next != null; next = logs.higherEntry(asked)) {
            int left = budget - (batch.sizeBytes() - before);
            if (left <= 0 || !next.getValue().maybeRewrite(firstNeeded, batch, left)) {
                break;
            }
            asked = next.getKey();
        }
        Check.that(
                next != null || segments.liveBytes(firstNeeded) == 0,
                "I3: what is live belongs to a group",
                firstNeeded,
                segments.liveBytes(firstNeeded));
        counters.bytesRewritten += batch.sizeBytes() - before;
        return budget - (batch.sizeBytes() - before);
    }
}
