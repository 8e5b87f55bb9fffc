package io.orrery.sim.disk;

import java.util.ArrayList;
import java.util.List;

/** Parts of a file that the device cannot read, until they are written again. At most {@value #RANGES_MAX}. */
final class BadRanges {
    static final int RANGES_MAX = 1024;

    private final List<Range> ranges = new ArrayList<>();

    private record Range(long from, long to) {}

    void add(long from, long to) {
        if (ranges.size() < RANGES_MAX && from < to) {
            ranges.add(new Range(from, to));
        }
    }

    boolean overlaps(long from, long to) {
        for (Range range : ranges) {
            if (range.from < to && from < range.to) {
                return true;
            }
        }
        return false;
    }

    /** These bytes were written, or are gone: what is left of each range around them stays bad. */
    void cover(long from, long to) {
        for (int i = ranges.size() - 1; i >= 0; i--) {
            Range range = ranges.get(i);
            if (range.from < to && from < range.to) {
                ranges.remove(i);
                add(range.from, Math.min(range.to, from));
                add(Math.max(range.from, to), range.to);
            }
        }
    }
}
