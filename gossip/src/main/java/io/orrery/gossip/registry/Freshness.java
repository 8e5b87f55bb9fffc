package io.orrery.gossip.registry;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How fresh an answer is: what this node knows of what it does not know.
 *
 * @param asOfMillis of each node, up to which moment of its hybrid clock all that it wrote is in the answer, in milliseconds since
 *     1970; nodes that never said anything are left out
 * @param peers live members but this node
 * @param synced how many of them agreed with this node, or were asked for all that they hold, in their present life
 * @param sinceNanos how long ago that was with the one with which it was longest ago; -1 with none
 * @param whyNotFresh why this node takes nothing at present; empty if it does
 */
public record Freshness(
        SortedMap<NodeId, Long> asOfMillis, int peers, int synced, long sinceNanos, String whyNotFresh) {
    public Freshness {
        asOfMillis = Collections.unmodifiableSortedMap(new TreeMap<>(asOfMillis));
    }

    /** Whether all live members agreed within so many nanoseconds. */
    public boolean isWithin(long nanos) {
        return whyNotFresh.isEmpty() && synced == peers && sinceNanos <= nanos;
    }

    /** For a column: {@code 2/2 peers, 0.4s}. */
    public String text() {
        String tenths = sinceNanos < 0
                ? ""
                : ", " + sinceNanos / Time.seconds(1) + "." + sinceNanos % Time.seconds(1) / Time.millis(100) + "s";
        String note = whyNotFresh.isEmpty() ? "" : " (" + whyNotFresh + ")";
        return synced + "/" + peers + " peers" + tenths + note;
    }
}
