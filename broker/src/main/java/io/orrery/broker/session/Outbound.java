package io.orrery.broker.session;

import java.util.ArrayDeque;
import java.util.BitSet;

/**
 * Messages on their way to one client: a window of QoS 1 packet ids in flight (MQTT 5.0 section 4.9), and a bounded
 * queue for what does not fit.
 *
 * <p>Order holds among QoS 1 messages and among QoS 0 messages (section 4.6); QoS 0 may overtake QoS 1 that waits for
 * the window.
 */
final class Outbound {
    /** A message that waits, with what the client's subscriptions make of it. */
    private record Queued(Message message, int qos, boolean retain, int[] subscriptionIds, long sinceNanos) {}

    private final ClientLink link;
    private final SessionHost host;
    private final int windowMax;
    private final BitSet inFlight = new BitSet();
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private int inFlightCount;
    private int queuedQos0;

    Outbound(ClientLink link, SessionHost host, int receiveMaximum) {
        this.link = link;
        this.host = host;
        this.windowMax = Math.min(host.limits().inFlightMax(), receiveMaximum);
    }

    /** Sends or queues a message; false if the client is to be disconnected for its full queue. */
    boolean offer(Message message, int qos, boolean retain, int[] subscriptionIds) {
        boolean first = qos == 0 ? queuedQos0 == 0 : queue.size() == queuedQos0;
        if (first && link.isWritable() && (qos == 0 || inFlightCount < windowMax)) {
            send(message, qos, retain, subscriptionIds);
            return true;
        }
        if (queue.size() >= host.limits().queuedMax()) {
            host.counters().droppedQueueFull++;
            switch (host.limits().overflow()) {
                case DISCONNECT:
                    return false;
                case DROP_NEWEST:
                    return true;
                case DROP_OLDEST:
                    Queued oldest = queue.poll();
                    if (oldest == null) {
                        return true;
                    }
                    queuedQos0 -= oldest.qos == 0 ? 1 : 0;
                    break;
            }
        }
        queue.add(
                new Queued(message, qos, retain, subscriptionIds, host.kernel().nowNanos()));
        queuedQos0 += qos == 0 ? 1 : 0;
        return true;
    }

    private void send(Message message, int qos, boolean retain, int[] subscriptionIds) {
        int packetId = 0;
        if (qos > 0) {
            packetId = inFlight.nextClearBit(1);
            inFlight.set(packetId);
            inFlightCount++;
        }
        if (link.publish(message, qos, retain, packetId, false, subscriptionIds)) {
            host.counters().delivered++;
        } else {
            host.counters().droppedByLink++;
            free(packetId);
        }
    }

    /** The client acknowledged; false if nothing with this id is in flight. */
    boolean onPubAck(int packetId) {
        if (packetId < 1 || !inFlight.get(packetId)) {
            return false;
        }
        free(packetId);
        return true;
    }

    private void free(int packetId) {
        if (packetId > 0) {
            inFlight.clear(packetId);
            inFlightCount--;
        }
    }

    /** Sends from the queue what the link and the window allow. */
    void drain() {
        while (!queue.isEmpty() && link.isWritable()) {
            if (queue.peek().qos > 0 && inFlightCount >= windowMax) {
                drainQos0();
                return;
            }
            sendQueued(queue.poll());
        }
    }

    /** The window is full: QoS 0 from behind the QoS 1 that waits. */
    private void drainQos0() {
        if (queuedQos0 == 0) {
            return;
        }
        ArrayDeque<Queued> kept = new ArrayDeque<>(queue.size());
        while (!queue.isEmpty()) {
            Queued next = queue.poll();
            if (next.qos == 0 && link.isWritable()) {
                sendQueued(next);
            } else {
                kept.add(next);
            }
        }
        queue.addAll(kept);
    }

    private void sendQueued(Queued next) {
        queuedQos0 -= next.qos == 0 ? 1 : 0;
        Message aged = next.message.aged(host.kernel().nowNanos() - next.sinceNanos);
        if (aged == null) {
            host.counters().droppedExpired++;
            return;
        }
        send(aged, next.qos, next.retain, next.subscriptionIds);
    }

    void clear() {
        queue.clear();
        queuedQos0 = 0;
        inFlight.clear();
        inFlightCount = 0;
    }

    int queued() {
        return queue.size();
    }

    int inFlight() {
        return inFlightCount;
    }
}
