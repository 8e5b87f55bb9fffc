package io.orrery.gossip.swim;

import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import java.util.LinkedHashMap;

/**
 * Members that died, and were removed for good: a few names, so that a network which was split for longer than the dead are
 * remembered still heals by itself, also where no seed is left.
 *
 * <ul>
 *   <li>V1: of those who died and were removed, the last {@link #MAX} are known by name for {@link #KEPT_NANOS}; nothing else
 *       is kept of them, and they are no members. Who left is not among them.
 *   <li>V2: one of them after the other is pinged as one pings a stranger, with growing waits that begin anew when one joins
 *       them. If it lives it answers who it is, and becomes a member like any that joins.
 * </ul>
 */
final class Exiles {
    static final int MAX = 64;
    static final long KEPT_NANOS = Time.seconds(24 * 3600);

    private final Kernel kernel;
    private final RetentionConfig config;
    private final Outbox outbox;
    private final GossipCounters counters;
    private final Timer timer;
    /** Until when each is known; the next to be pinged is first. */
    private final LinkedHashMap<NodeId, Long> untilNanos = new LinkedHashMap<>();

    private boolean running;
    private long waitNanos;

    Exiles(Kernel kernel, RetentionConfig config, Outbox outbox, GossipCounters counters) {
        this.kernel = kernel;
        this.config = config;
        this.outbox = outbox;
        this.counters = counters;
        this.timer = kernel.timer("exiles", this::onDue);
    }

    /** V1: a dead member was removed. */
    void add(NodeId node) {
        if (untilNanos.size() == MAX) {
            untilNanos.remove(untilNanos.keySet().iterator().next());
        }
        untilNanos.put(node, kernel.nowNanos() + KEPT_NANOS);
        waitNanos = config.announceNanos();
        timer.cancel();
        schedule();
    }

    /** It is a member again. */
    void remove(NodeId node) {
        if (!untilNanos.isEmpty()) {
            untilNanos.remove(node);
        }
    }

    void start() {
        running = true;
        schedule();
    }

    /** This node says no more. */
    void stop() {
        running = false;
        timer.cancel();
    }

    private void schedule() {
        if (running && !untilNanos.isEmpty() && !timer.isArmed()) {
            timer.restart(waitNanos - kernel.prng().below(waitNanos / 4 + 1));
            waitNanos = Math.min(waitNanos * 2, config.announceMaxNanos());
        }
    }

    /** V2. */
    private void onDue() {
        if (!untilNanos.isEmpty()) {
            NodeId next = untilNanos.keySet().iterator().next();
            long until = untilNanos.remove(next);
            if (until > kernel.nowNanos()) {
                untilNanos.put(next, until);
                counters.count(Counter.EXILES_PINGED);
                kernel.trace().reached(GossipMarks.EXILE_PINGED);
                outbox.ping(next);
            }
        }
        schedule();
    }

    void checkInvariants() {
        Check.that(untilNanos.size() <= MAX, "V1: exiles are bounded", untilNanos.size());
    }
}
