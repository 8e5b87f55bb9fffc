package io.orrery.sim.scenario;

import io.orrery.kernel.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which of a workload's operations are started: all, or those of some numbers. Operations are numbered from 0 in the order
 * of their times; leaving one out moves no other.
 *
 * <ul>
 *   <li>I1: ranges ascend and do not touch.
 * </ul>
 *
 * @param ranges of numbers; null for all
 */
public record Operations(List<Range> ranges) {
    /** The greatest number of an operation: no run has so many. */
    public static final long NUMBER_MAX = 1_000_000_000_000L;
    /** Every operation that the rate brings until the horizon. */
    public static final Operations ALL = new Operations(null);
    /** None at all. */
    public static final Operations NONE = new Operations(Collections.emptyList());

    /** Numbers from {@code first} to {@code last}, both included. */
    public record Range(long first, long last) {
        public Range {
            Check.argument(
                    first >= 0 && first <= last && last <= NUMBER_MAX, "a range of operations ascends from 0 or more");
        }

        @Override
        public String toString() {
            return first == last ? Long.toString(first) : first + "-" + last;
        }
    }

    public Operations {
        long next = 0;
        for (Range range : ranges == null ? Collections.<Range>emptyList() : ranges) {
            Check.argument(range.first() >= next, "ranges of operations ascend and do not touch");
            next = range.last() + 2;
        }
    }

    /** Those of the given numbers, which ascend. */
    public static Operations of(List<Long> numbers) {
        List<Range> ranges = new ArrayList<>();
        for (long number : numbers) {
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).last() + 1 == number) {
                ranges.set(last, new Range(ranges.get(last).first(), number));
            } else {
                ranges.add(new Range(number, number));
            }
        }
        return new Operations(Collections.unmodifiableList(ranges));
    }

    public boolean isAll() {
        return ranges == null;
    }

    /** Whether the operation of that number is started. */
    public boolean includes(long number) {
        if (ranges == null) {
            return true;
        }
        for (Range range : ranges) {
            if (number <= range.last()) {
                return number >= range.first();
            }
        }
        return false;
    }

    @Override
    public String toString() {
        if (ranges == null) {
            return "all";
        }
        StringBuilder text = new StringBuilder();
        for (Range range : ranges) {
            text.append(text.isEmpty() ? "" : ",").append(range);
        }
        return text.isEmpty() ? "none" : text.toString();
    }
}
