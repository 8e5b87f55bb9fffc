package io.orrery.broker.check;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.check.RecordingClient.Acknowledged;
import io.orrery.broker.check.RecordingClient.Received;
import io.orrery.broker.session.ClientSession;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SubscribeRequest;
import io.orrery.broker.topic.TopicName;
import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayDeque;

/**
 * One connection of a simulated client, whose doings a {@link DeliveryHistory} judges. All calls inside events of its node.
 *
 * <p>A message's payload names its publisher and number: {@code 7:42}.
 */
public final class HistoryClient {
    private record Sent(TopicName topic, long id, int packetId) {}

    private final DeliveryHistory history;
    private final BrokerNode node;
    private final int number;
    private final RecordingClient link;
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private final PublishBook published = new PublishBook();
    private final ClientFilters filters = new ClientFilters();
    /** The last sequence of each publisher, topic and QoS. */
    private final StreamOrder lastByStream = new StreamOrder();

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
        ReasonCode reason = session().subscribe(SubscribeRequest.of(filter, qos));
        if (!reason.isError()) {
            filters.onSubscribed(filter);
        }
        return reason;
    }

    public ReasonCode unsubscribe(String filter) {
        unsubscribes++;
        ReasonCode reason = session().unsubscribe(filter);
        if (!reason.isError()) {
            filters.onUnsubscribed(filter, history.moment());
        }
        return reason;
    }

    /** Publishes the next message of this client. */
    public void publish(String topic, int qos) {
        int topicNumber = history.topics().number(topic);
        int sequence = published.add(topicNumber, history.nextMoment());
        Message message = Message.of(topic, Bytes.ofUtf8(number + ":" + sequence), qos);
        if (qos == 0) {
            session().publish(message, 0);
            return;
        }
        TopicName name = history.topics().name(topicNumber);
        long id = DeliveryHistory.id(number, sequence);
        int packetId = sequence % 65_535 + 1;
        history.onPublish(this, name, id);
        sent.add(new Sent(name, id, packetId));
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
    boolean matches(TopicName topic) {
        return filters.matches(topic);
    }

    /** How often it unsubscribed: what it was subscribed to at the same count, it still is. */
    long unsubscribes() {
        return unsubscribes;
    }

    private void onReceived(Received received) {
        link.received().clear();
        Bytes id = received.message().payload();
        int colon = indexOfColon(id);
        long publisher = number(id, 0, colon);
        long sequence = number(id, colon + 1, id.length());
        String topic = received.message().topic().text();
        HistoryClient from = history.client(publisher);
        if (from == null || !from.published.has(sequence)) {
            history.breach("D4: " + this + " got " + id + " on " + topic + ", which nobody has published");
            return;
        }
        int topicNumber = from.published.topic(sequence);
        TopicName name = history.topics().name(topicNumber);
        if (!name.text().equals(topic)) {
            history.breach("D4: " + this + " got " + id + " on " + topic + ", but it was published on " + name);
        }
        if (!filters.matchedSince(name, from.published.moment(sequence))) {
            history.breach("D5: " + this + " got " + id + " on " + topic + ", to which it is not subscribed");
        }
        checkOrder(id, publisher << 32 | topicNumber << 2 | received.message().qos(), sequence, topic);
        history.onDelivered(this, DeliveryHistory.id(publisher, sequence));
    }

    private static int indexOfColon(Bytes id) {
        int at = 0;
        while (id.at(at) != ':') {
            at++;
        }
        return at;
    }

    /** The number that the decimal digits in a part of a payload are. */
    private static long number(Bytes id, int from, int end) {
        Check.that(from < end, "a message is numbered", from, end);
        long number = 0;
        for (int i = from; i < end; i++) {
            int digit = id.at(i) - '0';
            Check.that(digit >= 0 && digit <= 9, "a message is numbered", digit);
            number = 10 * number + digit;
        }
        return number;
    }

    private void checkOrder(Bytes id, long stream, long sequence, String topic) {
        long before = lastByStream.put(stream, sequence);
        if (before == sequence) {
            history.breach("D2: " + this + " got " + id + " on " + topic + " twice");
        } else if (before > sequence) {
            history.breach("D3: " + this + " got " + id + " on " + topic + " after " + before);
        }
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
