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
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * What simulated clients did and saw, and whether the broker kept its promises to them:
 *
 * <ul>
 *   <li>D1 a QoS 1 message that was acknowledged has been handed to every client that was subscribed all along, on a node
 *       that the publisher's node held live all along;
 *   <li>D2 a client gets a message at most once in a session;
 *   <li>D3 what a client gets from one publisher on one topic at one QoS comes in the publisher's order.
 * </ul>
 *
 * <p>Clients are {@link HistoryClient}s made here. A breach is remembered, and thrown by {@link #check}, so that it shows as
 * a failure of the run and not of a node. Memory is bounded by the messages not yet acknowledged.
 */
public final class DeliveryHistory {
    /** A QoS 1 message on its way, with the clients that must have it when it is acknowledged. */
    private static final class Flight {
        private final List<Owed> owed = new ArrayList<>();
    }

    /** That a client is to get a message, as long as the publisher's node holds the client's node live. */
    private record Owed(HistoryClient subscriber, RouteOwner owner, long unsubscribes) {
        private boolean stands() {
            return subscriber.isOpen() && owner.isLive() && subscriber.unsubscribes() == unsubscribes;
        }
    }

    private final TreeMap<Integer, HistoryClient> open = new TreeMap<>();
    private final TreeMap<String, Flight> flights = new TreeMap<>();
    private final List<RouteOwner> owners = new ArrayList<>();
    private int clients;
    private long acknowledged;
    private long delivered;
    private String breach;

    /** Connects a client; null if the node refuses. Inside an event of the node. */
    public HistoryClient connect(BrokerNode node, String clientId) {
        HistoryClient client = new HistoryClient(this, node, ++clients);
        ConnectOutcome outcome = node.connect(ConnectRequest.of(clientId), client.link());
        if (!outcome.isAccepted()) {
            return null;
        }
        client.link().session(outcome.session());
        open.put(client.number(), client);
        return client;
    }

    /** A node stopped: its clients' connections are gone. */
    public void onNodeStopped(NodeId node) {
        for (HistoryClient client : clientsOpen()) {
            if (client.node().self().equals(node)) {
                client.markLost();
                open.remove(client.number());
            }
        }
    }

    /** The clients whose sessions are open. */
    public List<HistoryClient> clientsOpen() {
        Iterator<HistoryClient> all = open.values().iterator();
        while (all.hasNext()) {
            HistoryClient client = all.next();
            if (!client.isOpen()) {
                client.markLost();
                all.remove();
            }
        }
        return new ArrayList<>(open.values());
    }

    /** A client is about to publish; whom its node would send to now is owed the message. */
    void onPublish(HistoryClient publisher, String topic, String id) {
        Flight flight = new Flight();
        flights.put(id, flight);
        owners.clear();
        publisher.node().routes().match(TopicName.of(topic), owners);
        for (HistoryClient subscriber : clientsOpen()) {
            for (RouteOwner owner : owners) {
                if (owner.node().equals(subscriber.node().self())
                        && owner.generation() == subscriber.node().generation()
                        && subscriber.matches(topic)) {
                    flight.owed.add(new Owed(subscriber, owner, subscriber.unsubscribes()));
                }
            }
        }
    }

    void onAcknowledged(String topic, String id, ReasonCode reason) {
        Flight flight = flights.remove(id);
        if (flight == null) {
            breach("a message is acknowledged once: " + id);
            return;
        }
        if (reason.isError()) {
            return;
        }
        acknowledged++;
        for (Owed owed : flight.owed) {
            if (owed.stands()
                    && !owed.subscriber.has(id)
                    && owed.subscriber.session().queued() == 0) {
                breach("D1: " + id + " on " + topic + " was acknowledged, and " + owed.subscriber + " has not got it");
            }
        }
    }

    void onDelivered() {
        delivered++;
    }

    /** The publisher is gone: nobody will hear of an acknowledgement. */
    void forget(String id) {
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
        clientsOpen();
        return flights.size();
    }
}
