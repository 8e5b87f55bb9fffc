package io.orrery.broker.check;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.check.RecordingClient.Acknowledged;
import io.orrery.broker.check.RecordingClient.Received;
import io.orrery.broker.session.ClientSession;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SubscribeRequest;
import io.orrery.broker.session.Subscription;
import io.orrery.broker.topic.TopicName;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayDeque;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One connection of a simulated client, whose doings a {@link DeliveryHistory} judges. All calls inside events of its node.
 *
 * <p>A message's payload names its publisher and number: {@code 7:42}.
 */
public final class HistoryClient {
    /** Ids kept to answer whether a message came; an acknowledgement comes long before as many more messages do. */
    private static final int RECENT_MAX = 20_000;

    private record Sent(String topic, String id, int packetId) {}

    private final DeliveryHistory history;
    private final BrokerNode node;
    private final int number;
    private final RecordingClient link;
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private final TreeMap<String, Long> lastByStream = new TreeMap<>();
    private final ArrayDeque<String> recentOrder = new ArrayDeque<>();
    private final TreeSet<String> recent = new TreeSet<>();
    private long published;
    private long unsubscribes;
    private boolean lost;

    HistoryClient(DeliveryHistory history, BrokerNode node, int number) {
        this.history = history;
        this.node = node;
        this.number = number;
        this.link = new RecordingClient(node.kernel(), new RecordingClient.Observer() {
            @Override
            public void onReceived(RecordingClient client, Received received) {
                HistoryClient.this.onReceived(received);
            }

            @Override
            public void onAcknowledged(RecordingClient client, Acknowledged one) {
                HistoryClient.this.onAcknowledged(one);
            }
        });
    }

    public BrokerNode node() {
        return node;
    }

    /** Unique in the history. */
    public int number() {
        return number;
    }

    public RecordingClient link() {
        return link;
    }

    public ClientSession session() {
        return link.session();
    }

    /** Whether the connection stands. */
    public boolean isOpen() {
        return !lost && session() != null && session().isOpen();
    }

    /** Whether the broker asks it to wait with its publishes. */
    public boolean isPaused() {
        return link.isPaused();
    }

    public ReasonCode subscribe(String filter, int qos) {
        return session().subscribe(SubscribeRequest.of(filter, qos));
    }

    public ReasonCode unsubscribe(String filter) {
        unsubscribes++;
        return session().unsubscribe(filter);
    }

    /** Publishes the next message of this client. */
    public void publish(String topic, int qos) {
        String id = number + ":" + ++published;
        Message message = Message.of(topic, Bytes.ofUtf8(id), qos);
        if (qos == 0) {
            session().publish(message, 0);
            return;
        }
        int packetId = (int) (published % 65_535) + 1;
        history.onPublish(this, topic, id);
        sent.add(new Sent(topic, id, packetId));
        session().publish(message, packetId);
        if (!isOpen()) {
            forgetSent();
        }
    }

    /** Ends the connection by a DISCONNECT. */
    public void disconnect() {
        session().onDisconnect(ReasonCode.SUCCESS);
        forgetSent();
    }

    void markLost() {
        lost = true;
        forgetSent();
    }

    private void forgetSent() {
        sent.forEach(one -> history.forget(one.id));
        sent.clear();
    }

    /** Whether one of its subscriptions matches the topic. */
    boolean matches(String topic) {
        TopicName name = TopicName.of(topic);
        for (Subscription subscription : session().subscriptions()) {
            if (subscription.filter().matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** How often it unsubscribed: what it was subscribed to at the same count, it still is. */
    long unsubscribes() {
        return unsubscribes;
    }

    /** Whether the message came. */
    boolean has(String id) {
        return recent.contains(id);
    }

    private void onReceived(Received received) {
        String id = received.text();
        int colon = id.indexOf(':');
        String stream = id.substring(0, colon) + " " + received.message().topic() + " "
                + received.message().qos();
        long sequence = Long.parseLong(id.substring(colon + 1));
        Long before = lastByStream.put(stream, sequence);
        if (before != null && before == sequence) {
            history.breach(
                    "D2: " + this + " got " + id + " on " + received.message().topic() + " twice");
        } else if (before != null && before > sequence) {
            history.breach(
                    "D3: " + this + " got " + id + " on " + received.message().topic() + " after " + before);
        }
        recent.add(id);
        recentOrder.add(id);
        if (recentOrder.size() > RECENT_MAX) {
            recent.remove(recentOrder.poll());
        }
        link.received().clear();
        history.onDelivered();
    }

    private void onAcknowledged(Acknowledged one) {
        link.acknowledged().clear();
        Sent first = sent.poll();
        if (first == null || first.packetId != one.packetId()) {
            history.breach("PUBACKs come in the order of the publishes: " + one + " for " + first);
            return;
        }
        history.onAcknowledged(first.topic, first.id, one.reason());
    }

    @Override
    public String toString() {
        return "client " + number + " at " + node.self();
    }
}
