package io.orrery.gossip.swim;

import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * Pings on behalf of others (SWIM, section 3.1).
 *
 * <ul>
 *   <li>L1: an answer is passed on once, to whoever asked, if it came within a probe interval.
 *   <li>L2: at most {@link #MAX} are under way; further requests are counted and ignored.
 * </ul>
 */
public final class Relays {
    public static final int MAX = 1024;

    private record Relay(NodeId origin, long originNumber, NodeId target, long deadlineNanos) {}

    private final Kernel kernel;
    private final Outbox outbox;
    private final long keptNanos;
    private final GossipCounters counters;
    /** By our own ping's number, oldest first. */
    private final LinkedHashMap<Long, Relay> relays = new LinkedHashMap<>();

    public Relays(Kernel kernel, Outbox outbox, long keptNanos, GossipCounters counters) {
        this.kernel = kernel;
        this.outbox = outbox;
        this.keptNanos = keptNanos;
        this.counters = counters;
    }

    public void onPingReq(NodeId origin, long originNumber, NodeId target) {
        dropExpired();
        if (relays.size() >= MAX) {
            counters.count(Counter.REFUSED_RELAYS);
            return;
        }
        long number = outbox.ping(target);
        relays.put(number, new Relay(origin, originNumber, target, kernel.nowNanos() + keptNanos));
    }

    public void onAck(NodeId from, long number) {
        if (relays.isEmpty()) {
            return;
        }
        Relay relay = relays.get(number);
        if (relay != null && relay.target.equals(from)) {
            relays.remove(number);
            if (relay.deadlineNanos >= kernel.nowNanos()) {
                outbox.indirectAck(relay.origin, relay.originNumber, relay.target);
            }
        }
    }

    private void dropExpired() {
        Iterator<Relay> oldest = relays.values().iterator();
        while (oldest.hasNext() && oldest.next().deadlineNanos < kernel.nowNanos()) {
            oldest.remove();
        }
        Check.that(relays.size() <= MAX, "L2: relays are bounded", relays.size());
    }
}
