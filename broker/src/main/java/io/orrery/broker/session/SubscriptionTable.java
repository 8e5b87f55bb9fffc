package io.orrery.broker.session;

import io.orrery.broker.topic.IntCollector;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.broker.topic.TopicIndex;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * The subscriptions of this node's clients: who gets a message. It is local and never leaves the node; other nodes know
 * only its filters, as routes.
 *
 * <p>A client whose subscriptions overlap gets a message once, at the highest QoS of them, with the identifiers of all
 * (MQTT 5.0 section 3.3.4, 3.1.1 statement 3.3.5-1).
 */
public final class SubscriptionTable {
    private final TopicIndex index;
    private final IntCollector hits = new IntCollector();
    private final ArrayList<ClientSession> touched = new ArrayList<>();
    private ClientSession[] sessions = new ClientSession[16];
    private Subscription[] subscriptions = new Subscription[16];
    private int[] free = new int[16];
    private int freeCount;
    private int bound;
    private long deliveries;

    /**
     * @param salt see {@link TopicIndex}
     */
    public SubscriptionTable(long salt) {
        index = new TopicIndex(salt);
    }

    /** Adds a subscription; returns its slot. */
    int add(ClientSession session, Subscription subscription) {
        int slot = freeCount > 0 ? free[--freeCount] : bound++;
        if (slot >= sessions.length) {
            sessions = Arrays.copyOf(sessions, slot * 2);
            subscriptions = Arrays.copyOf(subscriptions, slot * 2);
        }
        sessions[slot] = session;
        subscriptions[slot] = subscription;
        index.add(subscription.filter(), slot);
        return slot;
    }

    /** Puts other options in place of a slot's; the filter is the same. */
    void replace(int slot, Subscription subscription) {
        subscriptions[slot] = subscription;
    }

    void remove(int slot) {
        index.remove(subscriptions[slot].filter(), slot);
        sessions[slot] = null;
        subscriptions[slot] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = slot;
    }

    /** Whether any client of this node has the filter. */
    public boolean hasFilter(TopicFilter filter) {
        return index.contains(filter);
    }

    /** Subscriptions of all clients together. */
    public long size() {
        return index.valueCount();
    }

    /** Distinct filters: the rows this node owns in the route table. */
    public int filterCount() {
        return index.filterCount();
    }

    /** Adds the distinct filters; linear in their number. */
    public void filters(ArrayList<TopicFilter> out) {
        IntCollector handles = new IntCollector();
        index.handles(handles);
        for (int i = 0; i < handles.size(); i++) {
            out.add(index.filter(handles.at(i)));
        }
    }

    /**
     * Hands a message to every local client that subscribed to its topic.
     *
     * @param publisher kept from its own message where it asked for that; null if not a client of this node
     * @return how many clients
     */
    public int deliver(Message message, ClientSession publisher) {
        hits.clear();
        index.match(message.topic().text(), hits);
        if (hits.isEmpty()) {
            return 0;
        }
        deliveries++;
        touched.clear();
        for (int i = 0; i < hits.size(); i++) {
            ClientSession session = sessions[hits.at(i)];
            Subscription subscription = subscriptions[hits.at(i)];
            if (subscription.noLocal() && session == publisher) {
                continue;
            }
            if (session.matched(deliveries, subscription)) {
                touched.add(session);
            }
        }
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).deliver(message);
        }
        return touched.size();
    }

    /** Whether nothing is left. */
    public boolean isClean() {
        return index.isClean() && bound == freeCount;
    }
}
