package io.orrery.broker.check;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.route.RouteOwner;
import io.orrery.broker.session.ConnectOutcome;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.topic.TopicName;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * What simulated clients did and saw, and whether the broker kept its promises to them:
 *
 * <ul>
 *   <li>D1 a QoS 1 message that was acknowledged has been handed to every client that was subscribed all along, on a node
 *       that the publisher's node held live all along;
 *   <li>D2 a client gets a message at most once in a session;
 *   <li>D3 what a client gets from one publisher on one topic at one QoS comes in the publisher's order;
 *   <li>D4 a client gets what somebody published, on the topic on which he did;
 *   <li>D5 a client gets nothing that was published when none of its subscriptions matched any more.
 * </ul>
 *
 * <p>Clients are {@link HistoryClient}s made here. A breach is remembered, and thrown by {@link #check}, so that it shows as
 * a failure of the run and not of a node. Memory is bounded by the messages not yet acknowledged.
 */
public final class DeliveryHistory {
    /** A QoS 1 message on its way, with the clients that must have it when it is acknowledged. */
    private static final class Flight {
        private final List<Owed> owed = new ArrayList<>();

        private void onDelivered(HistoryClient to) {
            for (int i = owed.size() - 1; i >= 0; i--) {
                if (owed.get(i).subscriber == to) {
                    owed.remove(i);
                }
            }
        }
    }

    /** That a client is to get a message, as long as the publisher's node holds the client's node live. */
    private record Owed(HistoryClient subscriber, RouteOwner owner, long unsubscribes) {
        private boolean stands() {
            return subscriber.isOpen() && owner.isLive() && subscriber.unsubscribes() == unsubscribes;
        }
    }

    /** By number: in the order in which they connected. */
    private final List<HistoryClient> open = new ArrayList<>();

    private final List<HistoryClient> openView = Collections.unmodifiableList(open);
    private final TreeMap<Long, Flight> flights = new TreeMap<>();
    private final List<RouteOwner> owners = new ArrayList<>();
    private final List<HistoryClient> clients = new ArrayList<>();
    private final PublishBook.Topics topics = new PublishBook.Topics();
    private long moment;
    private long acknowledged;
    private long delivered;
    private String breach;

    /** Connects a client; null if the node refuses. Inside an event of the node. */
    public HistoryClient connect(BrokerNode node, String clientId) {
        HistoryClient client = new HistoryClient(this, node, clients.size() + 1);
        ConnectOutcome outcome = node.connect(ConnectRequest.of(clientId), client.link());
        if (!outcome.isAccepted()) {
            return null;
        }
        client.link().session(outcome.session());
        clients.add(client);
        open.add(client);
        return client;
    }

    /** A node stopped: its clients' connections are gone. */
    public void onNodeStopped(NodeId node) {
        forgetClosed();
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).node().self().equals(node)) {
                open.remove(i).markLost();
            }
        }
    }

    /** The clients whose sessions are open, in the order in which they connected: a view, good until something happens. */
    public List<HistoryClient> clientsOpen() {
        forgetClosed();
        return openView;
    }

    private void forgetClosed() {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (!open.get(i).isOpen()) {
                open.remove(i).markLost();
            }
        }
    }

    PublishBook.Topics topics() {
        return topics;
    }

    /** How many messages were published so far: the history's clock. */
    long moment() {
        return moment;
    }

    /** The moment of a publish that happens now. */
    long nextMoment() {
        return ++moment;
    }

    /** The client of this number; null if there is none. */
    HistoryClient client(long number) {
        return number >= 1 && number <= clients.size() ? clients.get((int) number - 1) : null;
    }

    /** A message's name in this history. */
    static long id(long client, long sequence) {
        return client << 40 | sequence;
    }

    private static String text(long id) {
        return (id >>> 40) + ":" + (id & (1L << 40) - 1);
    }

    /** A client is about to publish; whom its node would send to now is owed the message. */
    void onPublish(HistoryClient publisher, TopicName topic, long id) {
        Flight flight = new Flight();
        flights.put(id, flight);
        owners.clear();
        publisher.node().routes().match(topic, owners);
        for (int i = 0; i < open.size(); i++) {
            HistoryClient subscriber = open.get(i);
            if (!subscriber.isOpen() || !subscriber.matches(topic)) {
                continue;
            }
            for (int j = 0; j < owners.size(); j++) {
                RouteOwner owner = owners.get(j);
                if (owner.node().equals(subscriber.node().self())
                        && owner.generation() == subscriber.node().generation()) {
                    flight.owed.add(new Owed(subscriber, owner, subscriber.unsubscribes()));
                }
            }
        }
    }

    void onAcknowledged(TopicName topic, long id, ReasonCode reason) {
        Flight flight = flights.remove(id);
        if (flight == null) {
            breach("a message is acknowledged once: " + text(id));
            return;
        }
        if (reason.isError()) {
            return;
        }
        acknowledged++;
        for (int i = 0; i < flight.owed.size(); i++) {
            Owed owed = flight.owed.get(i);
            if (owed.stands() && owed.subscriber.session().queued() == 0) {
                breach("D1: " + text(id) + " on " + topic + " was acknowledged, and " + owed.subscriber
                        + " has not got it");
            }
        }
    }

    void onDelivered(HistoryClient to, long id) {
        delivered++;
        Flight flight = flights.get(id);
        if (flight != null) {
            flight.onDelivered(to);
        }
    }

    /** The publisher is gone: nobody will hear of an acknowledgement. */
    void forget(long id) {
        flights.remove(id);
    }

    void breach(String what) {
        if (breach == null) {
            breach = what;
        }
    }

    /** Throws if a promise was broken. */
    public void check() {
        if (breach != null) {
            throw new Check.Violation(breach);
        }
    }

    /** QoS 1 messages that were acknowledged with success. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Messages that clients got. */
    public long delivered() {
        return delivered;
    }

    /** QoS 1 messages of connected clients that are not yet acknowledged. */
    public int inFlight() {
        forgetClosed();
        return flights.size();
    }
}
