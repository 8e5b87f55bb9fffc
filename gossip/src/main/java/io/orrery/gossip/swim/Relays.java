package io.orrery.gossip.swim;

import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.function.Consumer;

/**
 * Pings on behalf of others (SWIM, section 3.1).
 *
 * <ul>
 *   <li>L1: an answer is passed on once, to whoever asked, if it came within a probe interval.
 *   <li>L2: what has not been answered shortly before the asker's period ends is said to be so, once: a nack (Lifeguard, section
 *       IV.A). It tells the asker that we at least are there. An answer that comes later is still passed on.
 *   <li>L3: at most {@link #MAX} are under way; further requests are counted and ignored.
 * </ul>
 */
public final class Relays {
    public static final int MAX = 1024;

    private record Relay(NodeId origin, long originNumber, NodeId target, long deadlineNanos) {}

    private record Unanswered(long number, long nackNanos) {}

    private final Kernel kernel;
    private final Outbox outbox;
    private final long keptNanos;
    private final long nackNanos;
    private final boolean nacks;
    private final GossipCounters counters;
    private final Consumer<NodeId> onSilent;
    private final Timer nackTimer;
    /** What a nack is due for, oldest first; some of them have been answered since. */
    private final ArrayDeque<Unanswered> unanswered = new ArrayDeque<>();

    /** By our own ping's number, oldest first. */
    private final LinkedHashMap<Long, Relay> relays = new LinkedHashMap<>();

    /**
     * @param onSilent hears which member did not answer us in time
     */
    public Relays(
            Kernel kernel, Outbox outbox, ProbeConfig config, GossipCounters counters, Consumer<NodeId> onSilent) {
        this.kernel = kernel;
        this.outbox = outbox;
        this.keptNanos = config.intervalNanos();
        this.nackNanos = (config.intervalNanos() - config.timeoutNanos()) / 5 * 4;
        this.nacks = config.nacks();
        this.counters = counters;
        this.onSilent = onSilent;
        this.nackTimer = kernel.timer("nack", this::onNackDue);
    }

    public void onPingReq(NodeId origin, long originNumber, NodeId target) {
        dropExpired();
        if (relays.size() >= MAX || unanswered.size() >= MAX) {
            counters.count(Counter.REFUSED_RELAYS);
            return;
        }
        long number = outbox.ping(target);
        relays.put(number, new Relay(origin, originNumber, target, kernel.nowNanos() + keptNanos));
        if (nacks) {
            unanswered.add(new Unanswered(number, kernel.nowNanos() + nackNanos));
            if (!nackTimer.isArmed()) {
                nackTimer.restart(nackNanos);
            }
        }
    }

    /** L2. */
    private void onNackDue() {
        while (!unanswered.isEmpty() && unanswered.peek().nackNanos <= kernel.nowNanos()) {
            Relay relay = relays.get(unanswered.poll().number);
            if (relay != null) {
                outbox.nack(relay.origin, relay.originNumber, relay.target);
                onSilent.accept(relay.target);
            }
        }
        if (!unanswered.isEmpty()) {
            nackTimer.restart(unanswered.peek().nackNanos - kernel.nowNanos());
        }
    }

    /** This node says no more. */
    public void stop() {
        relays.clear();
        unanswered.clear();
        nackTimer.cancel();
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
        Check.that(unanswered.size() <= MAX, "L3: nacks are bounded", unanswered.size());
        Check.that(relays.size() <= MAX, "L3: relays are bounded", relays.size());
    }
}
