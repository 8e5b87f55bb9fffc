package io.orrery.raft.log;

import io.orrery.kernel.Check;
import java.util.TreeMap;

/**
 * The segments on disk: how long each is, and how many bytes of it are live, which is what a group would miss: entries that
 * are neither compacted nor cut off, the last hard state and the last compaction of each group.
 *
 * <ul>
 *   <li>I1: no segment has less than nothing live.
 *   <li>I2: segments are consecutive, and released from the oldest on; the last is never released.
 * </ul>
 */
final class Segments {
    private static final class Segment {
        private long bytes;
        private long liveBytes;
    }

    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    private long usedBytes;
    private long liveBytes;
    /** The name asked for last: each batch asks for that of the one that it goes to. */
    private String name;

    private long named = -1;

    /** The name of a segment's file, whether it is open or not. */
    String fileName(long number) {
        if (number != named) {
            named = number;
            name = WalFormat.fileName(number);
        }
        return name;
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    boolean has(long number) {
        return segments.containsKey(number);
    }

    int count() {
        return segments.size();
    }

    long oldest() {
        return segments.firstKey();
    }

    /** Bytes of all segments, as the files are long. */
    long usedBytes() {
        return usedBytes;
    }

    /** Live bytes of all segments. */
    long liveBytes() {
        return liveBytes;
    }

    long liveBytes(long number) {
        return segments.get(number).liveBytes;
    }

    long bytes(long number) {
        return segments.get(number).bytes;
    }

    void open(long number) {
        Check.that(segments.isEmpty() || segments.lastKey() == number - 1, "I2: segments are consecutive", number);
        segments.put(number, new Segment());
    }

    /** The file is so long now. */
    void length(long number, long bytes) {
        Segment segment = segments.get(number);
        usedBytes += bytes - segment.bytes;
        segment.bytes = bytes;
    }

    /** The file is at least so long now. */
    void grow(long number, long bytes) {
        if (bytes > segments.get(number).bytes) {
            length(number, bytes);
        }
    }

    void add(long number, long bytes) {
        segments.get(number).liveBytes += bytes;
        liveBytes += bytes;
    }

    void remove(long number, long bytes) {
        Segment segment = segments.get(number);
        segment.liveBytes -= bytes;
        liveBytes -= bytes;
        Check.that(segment.liveBytes >= 0, "I1: nothing is live twice", number, segment.liveBytes);
    }

    /** The oldest is needed no more. */
    void release(long number) {
        Check.that(number == segments.firstKey(), "I2: the oldest is released first", number, segments.firstKey());
        Check.that(segments.size() > 1, "I2: the last is never released", number);
        Segment segment = segments.remove(number);
        Check.that(segment.liveBytes == 0, "I1: nothing live is released", number, segment.liveBytes);
        usedBytes -= segment.bytes;
    }
}
