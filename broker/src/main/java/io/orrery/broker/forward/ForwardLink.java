package io.orrery.broker.forward;

import io.orrery.broker.BrokerMarks;
import io.orrery.broker.forward.ForwardMessage.LinkId;
import io.orrery.broker.session.ClientSession;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.PendingPublish;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Timer;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * The way to one life of one node: a queue of numbered messages, of which a window is on the wire.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>I1 first &lt;= next &lt;= end, and next - first is at most the window: numbers below first are acknowledged, below
 *       next sent, below end queued;
 *   <li>I2 while something is unacknowledged the timer is armed: nothing waits for ever;
 *   <li>I3 each message's publish hears once that this part of it is over.
 * </ul>
 */
public final class ForwardLink {
    private static final int CAPACITY_MIN = 16;
    private static final int RETRY_DOUBLINGS_MAX = 5;

    /** A message with whom to tell when it is acknowledged. */
    private record Entry(Message message, PendingPublish pending, long sinceNanos) {}

    private final Kernel kernel;
    private final Port<ForwardMessage> port;
    private final ForwardConfig config;
    private final ForwardCounters counters;
    private final LinkId id;
    private final NodeId peer;
    private final long target;
    private final Timer timer;
    private final TreeMap<String, ClientSession> held = new TreeMap<>();
    private Entry[] ring = new Entry[CAPACITY_MIN];
    private long first = 1;
    private long next = 1;
    private long end = 1;
    private long sentBelow = 1;
    private long bytes;
    private long resendNanos;
    /** Sends that the transport refused in a row; the timer then waits for it, and not for an acknowledgement. */
    private int refusals;

    private boolean dropped;

    /**
     * @param target the peer's generation
     */
    public ForwardLink(
            Kernel kernel,
            Port<ForwardMessage> port,
            ForwardConfig config,
            ForwardCounters counters,
            LinkId id,
            NodeId peer,
            long target) {
        this.kernel = kernel;
        this.port = port;
        this.config = config;
        this.counters = counters;
        this.id = id;
        this.peer = peer;
        this.target = target;
        this.timer = kernel.timer("forward-" + peer, this::onTimeout);
        this.resendNanos = config.resendNanos();
    }

    public LinkId id() {
        return id;
    }

    public NodeId peer() {
        return peer;
    }

    /** Messages not yet acknowledged. */
    public int queued() {
        return (int) (end - first);
    }

    /** Whether it takes another message. */
    public boolean hasRoom() {
        return queued() < config.queuedMax() && bytes < config.queuedBytesMax();
    }

    /** Whether publishers are better held back: half of what it takes is waiting. */
    public boolean isCongested() {
        return queued() > config.queuedMax() / 2 || bytes > config.queuedBytesMax() / 2;
    }

    /** Takes a message; there must be room. {@code pending} is told when the peer has it, or is gone; null for nobody. */
    public void offer(Message message, PendingPublish pending) {
        Check.that(!dropped, "a link that has ended takes nothing", id.number());
        Check.that(hasRoom(), "a link takes what it has room for", queued(), bytes);
        if (queued() == ring.length) {
            grow();
        }
        if (pending != null) {
            pending.await();
        }
        ring[index(end)] = new Entry(message, pending, kernel.nowNanos());
        end++;
        bytes += message.sizeBytes();
        pump();
    }

    private void grow() {
        Entry[] larger = new Entry[ring.length * 2];
        for (long sequence = first; sequence < end; sequence++) {
            larger[(int) (sequence & larger.length - 1)] = ring[index(sequence)];
        }
        ring = larger;
    }

    private int index(long sequence) {
        return (int) (sequence & ring.length - 1);
    }

    /** Sends what the window and the transport allow. */
    private void pump() {
        while (next < end && next - first < config.windowMax()) {
            if (!port.send(peer, publish(next))) {
                timer.restart(config.retryNanos() << Math.min(refusals, RETRY_DOUBLINGS_MAX));
                refusals++;
                return;
            }
            refusals = 0;
            if (next < sentBelow) {
                counters.resent++;
            } else {
                counters.sent++;
                sentBelow = next + 1;
            }
            next++;
        }
        if (first < end && !timer.isArmed()) {
            timer.restart(resendNanos);
        }
    }

    /** The message as it is now: one that expired meanwhile goes out without life, and only keeps its number. */
    private ForwardMessage publish(long sequence) {
        Entry entry = ring[index(sequence)];
        Message aged = entry.message.aged(kernel.nowNanos() - entry.sinceNanos);
        if (aged == null) {
            Message message = entry.message;
            aged = new Message(
                    message.topic(),
                    message.payload(),
                    message.qos(),
                    message.retain(),
                    message.properties().withExpirySeconds(0));
        }
        return new ForwardMessage.Publish(id, target, sequence, aged);
    }

    private void onTimeout() {
        if (refusals == 0) {
            kernel.trace().reached(BrokerMarks.FORWARD_RESENT);
            resendNanos = Math.min(resendNanos * 2, config.resendNanosMax());
            next = first;
        }
        pump();
    }

    /** The peer has all messages up to a number. */
    public void onAck(long upTo) {
        if (upTo >= sentBelow || upTo < 0) {
            counters.strayAcks++;
            return;
        }
        if (upTo < first) {
            return;
        }
        while (first <= upTo) {
            PendingPublish pending = takeFirst();
            counters.acknowledged++;
            if (pending != null) {
                pending.partDone();
            }
        }
        next = Math.max(next, first);
        resendNanos = config.resendNanos();
        timer.cancel();
        pump();
        maybeRelease();
        Check.that(first <= next && next <= end, "I1: acknowledged, sent, queued", first, next, end);
        Check.that(first == end || timer.isArmed(), "I2: what is unacknowledged has a deadline", first, end);
    }

    private PendingPublish takeFirst() {
        Entry entry = ring[index(first)];
        ring[index(first)] = null;
        first++;
        bytes -= entry.message.sizeBytes();
        return entry.pending;
    }

    /** Holds a publisher back until this link has drained. */
    public void hold(ClientSession session) {
        if (held.put(session.clientId(), session) != session) {
            kernel.trace().reached(BrokerMarks.PUBLISHER_HELD_BACK);
            session.hold();
        }
    }

    private void maybeRelease() {
        if (!held.isEmpty() && queued() <= config.queuedMax() / 4 && bytes <= config.queuedBytesMax() / 4) {
            releaseAll();
        }
    }

    private void releaseAll() {
        ClientSession[] sessions = held.values().toArray(new ClientSession[0]);
        held.clear();
        for (ClientSession session : sessions) {
            session.release();
        }
    }

    /** Ends the link because its node is gone: what is on it is dropped, and counts as over. */
    public void drop() {
        dropped = true;
        timer.cancel();
        while (first < end) {
            PendingPublish pending = takeFirst();
            counters.droppedDead++;
            if (pending != null) {
                pending.partDone();
            }
        }
        next = end;
        Arrays.fill(ring, null);
        releaseAll();
    }
}
