package io.orrery.gossip.swim;

import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.GossipMarks;
import io.orrery.kernel.Kernel;

/**
 * Whether this node stood still: a stopped process, a long collection, a starved machine. Ours; Lifeguard infers as much from
 * probes that fail, a period later.
 *
 * <ul>
 *   <li>N1: a timer that fires later than it was set to, by a probe's timeout or more, says that this node stood still.
 *   <li>N2: what it slept through proves nothing against others: their answers may wait in its inbox. A probe that ended
 *       meanwhile did not fail, unless the one before was excused as well; a suspicion that ran out meanwhile gets one period
 *       more, once.
 *   <li>N3: each pause costs local health one.
 * </ul>
 */
public final class Pauses {
    private final Kernel kernel;
    private final boolean noticed;
    private final long lateNanos;
    private final LocalHealth health;
    private final GossipCounters counters;
    private long wokeNanos = Long.MIN_VALUE;

    /**
     * @param noticed false switches this off
     * @param lateNanos from which lateness on a timer tells of a pause
     */
    public Pauses(Kernel kernel, boolean noticed, long lateNanos, LocalHealth health, GossipCounters counters) {
        this.kernel = kernel;
        this.noticed = noticed;
        this.lateNanos = lateNanos;
        this.health = health;
        this.counters = counters;
    }

    /**
     * N1: whether a timer that fires now tells of a pause.
     *
     * @param dueNanos when it was to fire
     */
    public boolean sleptThrough(long dueNanos) {
        long now = kernel.nowNanos();
        if (!noticed || now - dueNanos < lateNanos) {
            return false;
        }
        if (dueNanos >= wokeNanos) {
            counters.count(Counter.PAUSES);
            kernel.trace().reached(GossipMarks.PAUSE_NOTICED);
            health.add(1);
            wokeNanos = now;
        }
        return true;
    }
}
