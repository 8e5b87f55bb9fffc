package io.orrery.gossip.swim;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * Members that this node has found silent itself, when it was asked to probe them for another: if that other then accuses one,
 * this node can say so too, from its own experience and at once. A suspicion thus gets its confirmations as soon as it
 * arises, where Lifeguard waits for others to probe the same member by chance, periods later.
 *
 * <ul>
 *   <li>C1: a silence counts for two probe intervals: the asker's period must end, and its word must come.
 *   <li>C2: at most {@link #MAX} are remembered; the oldest give way.
 * </ul>
 */
final class Silences {
    static final int MAX = 1024;

    private final Kernel kernel;
    private final long keptNanos;
    /** Until when each counts, oldest first. */
    private final LinkedHashMap<NodeId, Long> until = new LinkedHashMap<>();

    Silences(Kernel kernel, long probeIntervalNanos) {
        this.kernel = kernel;
        this.keptNanos = 2 * probeIntervalNanos;
    }

    void note(NodeId node) {
        until.remove(node);
        until.put(node, kernel.nowNanos() + keptNanos);
        Iterator<Long> oldest = until.values().iterator();
        while (oldest.hasNext() && (oldest.next() < kernel.nowNanos() || until.size() > MAX)) {
            oldest.remove();
        }
        Check.that(until.size() <= MAX, "C2: silences are bounded", until.size());
    }

    /** C1. */
    boolean isSilent(NodeId node) {
        Long counts = until.get(node);
        return counts != null && counts >= kernel.nowNanos();
    }

    /** It has been heard. */
    void forget(NodeId node) {
        until.remove(node);
    }
}
