package io.orrery.broker.session;

import io.orrery.broker.topic.IntCollector;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.kernel.Check;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One connected client: what it subscribed to, what is on its way to it, what it published and is not yet told of.
 *
 * <p>The listener calls it on the node's thread, in the order of the client's packets; it answers through its
 * {@link ClientLink}, at times from within such a call. After {@link #isOpen} turned false every call is ignored.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>I1 a filter of this session is in the node's subscription table exactly as long as the session is open and
 *       subscribed to it;
 *   <li>I2 PUBACKs go out in the order of the publishes (MQTT 5.0 section 4.6);
 *   <li>I3 a session ends once, and its will is published only then, if at all.
 * </ul>
 */
public final class ClientSession {
    private static final int OLD_CLIENT_PATIENCE = 8;
    private static final int[] NO_IDS = new int[0];

    private final SessionHost host;
    private final ClientLink link;
    private final ConnectRequest request;
    private final long stamp;
    private final Outbound outbound;
    private final TreeMap<TopicFilter, Integer> slots = new TreeMap<>();
    private final TreeMap<TopicFilter, Subscription> granted = new TreeMap<>();
    private final ArrayDeque<PendingPublish> publishes = new ArrayDeque<>();
    private final IntCollector matchedIds = new IntCollector(2);
    private boolean open = true;
    private boolean doomed;
    private int holds;
    private boolean windowFull;
    private long matchedIn;
    private int matchedQos;
    private boolean matchedRetain;

    /**
     * @param request with its client id settled
     * @param stamp orders the sessions of one client id: the later one lives
     */
    public ClientSession(SessionHost host, ClientLink link, ConnectRequest request, long stamp) {
        this.host = host;
        this.link = link;
        this.request = request;
        this.stamp = stamp;
        this.outbound = new Outbound(link, host, request.receiveMaximum());
    }

    public String clientId() {
        return request.clientId();
    }

    public ConnectRequest request() {
        return request;
    }

    /** Orders the sessions of one client id across the cluster. */
    public long stamp() {
        return stamp;
    }

    public boolean isOpen() {
        return open;
    }

    /** The subscriptions in the order of their filters. */
    public List<Subscription> subscriptions() {
        return new ArrayList<>(granted.values());
    }

    /** Whether the client has this very filter. */
    public boolean hasSubscription(TopicFilter filter) {
        return granted.containsKey(filter);
    }

    /** Messages that wait for the client, beyond those in flight. */
    public int queued() {
        return outbound.queued();
    }

    /** QoS 1 messages the client has not acknowledged. */
    public int inFlight() {
        return outbound.inFlight();
    }

    /** QoS 1 messages of the client that are not yet acknowledged to it. */
    public int publishesPending() {
        return publishes.size();
    }

    /**
     * Subscribes, or replaces the options of an equal filter. The result is for the SUBACK, which may go out at once: the
     * filter is in the local table, and on its way to the other nodes.
     */
    public ReasonCode subscribe(SubscribeRequest asked) {
        if (!open) {
            return ReasonCode.UNSPECIFIED_ERROR;
        }
        if (TopicFilter.isShared(asked.filter())) {
            return ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
        }
        if (asked.qos() < 0 || asked.qos() > 2 || TopicFilter.fault(asked.filter()) != null) {
            return ReasonCode.TOPIC_FILTER_INVALID;
        }
        TopicFilter filter = TopicFilter.of(asked.filter());
        Subscription subscription = new Subscription(
                filter, Math.min(asked.qos(), 1), asked.noLocal(), asked.retainAsPublished(), asked.subscriptionId());
        Integer slot = slots.get(filter);
        if (slot != null) {
            granted.put(filter, subscription);
            host.subscriptions().replace(slot, subscription);
            return ReasonCode.granted(subscription.qos());
        }
        if (slots.size() >= host.limits().subscriptionsMax()) {
            host.counters().refusedQuota++;
            return ReasonCode.QUOTA_EXCEEDED;
        }
        boolean first = !host.subscriptions().hasFilter(filter);
        slots.put(filter, host.subscriptions().add(this, subscription));
        granted.put(filter, subscription);
        if (first) {
            host.onFilterAdded(filter);
        }
        return ReasonCode.granted(subscription.qos());
    }

    /** Ends a subscription; what is already in flight or queued still arrives (3.1.1 statement 3.10.4-3). */
    public ReasonCode unsubscribe(String text) {
        if (!open || TopicFilter.fault(text) != null) {
            return open ? ReasonCode.TOPIC_FILTER_INVALID : ReasonCode.UNSPECIFIED_ERROR;
        }
        TopicFilter filter = TopicFilter.of(text);
        if (!slots.containsKey(filter)) {
            return ReasonCode.NO_SUBSCRIPTION_EXISTED;
        }
        removeSubscription(filter);
        return ReasonCode.SUCCESS;
    }

    private void removeSubscription(TopicFilter filter) {
        int slot = slots.remove(filter);
        granted.remove(filter);
        host.subscriptions().remove(slot);
        if (!host.subscriptions().hasFilter(filter)) {
            host.onFilterRemoved(filter);
        }
    }

    /**
     * Takes a PUBLISH of the client. A QoS 1 message is answered by {@link ClientLink#pubAck} when every node that was to
     * get it has it; a limit is answered by QUOTA_EXCEEDED, or a closed link before MQTT 5.
     *
     * @param packetId 1 to 65,535 for QoS 1; ignored for QoS 0
     */
    public void publish(Message message, int packetId) {
        if (!open || doomed) {
            return;
        }
        host.counters().published++;
        if (message.isLargerThan(host.limits().messageBytesMax())) {
            host.counters().refusedQuota++;
            end(ReasonCode.PACKET_TOO_LARGE, true);
            return;
        }
        if (message.qos() == 0) {
            host.publish(this, message, null);
            return;
        }
        if (packetId < 1 || packetId > 65_535) {
            end(ReasonCode.PROTOCOL_ERROR, true);
            return;
        }
        if (publishes.size() >= publishesPatience()) {
            host.counters().refusedQuota++;
            end(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, true);
            return;
        }
        PendingPublish pending = new PendingPublish(this, packetId);
        publishes.add(pending);
        switch (host.publish(this, message, pending)) {
            case ROUTED:
                break;
            case NO_SUBSCRIBERS:
                pending.refuse(ReasonCode.NO_MATCHING_SUBSCRIBERS);
                break;
            case OVERLOADED:
                host.counters().refusedQuota++;
                if (request.protocolLevel() < 5) {
                    end(ReasonCode.QUOTA_EXCEEDED, true);
                    return;
                }
                pending.refuse(ReasonCode.QUOTA_EXCEEDED);
                break;
        }
        pending.partDone();
        if (publishes.size() >= host.limits().publishesMax()) {
            pauseForWindow(true);
        }
    }

    private int publishesPatience() {
        int limit = host.limits().publishesMax();
        return request.protocolLevel() >= 5 ? limit : limit * OLD_CLIENT_PATIENCE;
    }

    /** A publish has no part outstanding: acknowledges it, and those behind it that waited for their turn. */
    void onPublishDone() {
        while (open && !publishes.isEmpty() && publishes.peek().isDone()) {
            PendingPublish first = publishes.poll();
            link.pubAck(first.packetId(), first.reason());
        }
        if (windowFull && publishes.size() <= host.limits().publishesMax() / 2) {
            pauseForWindow(false);
        }
    }

    private void pauseForWindow(boolean full) {
        boolean before = isPaused();
        windowFull = full;
        notePause(before);
    }

    /** Reads no more from the client until {@link #release}, which undoes one hold: a peer it publishes to is slow. */
    public void hold() {
        boolean before = isPaused();
        holds++;
        notePause(before);
    }

    public void release() {
        Check.that(holds > 0, "a hold is released once", holds);
        boolean before = isPaused();
        holds--;
        notePause(before);
    }

    private boolean isPaused() {
        return holds > 0 || windowFull;
    }

    private void notePause(boolean before) {
        boolean after = isPaused();
        if (open && before != after) {
            link.pauseReading(after);
        }
    }

    /** The client acknowledged a QoS 1 message. */
    public void onPubAck(int packetId) {
        if (!open) {
            return;
        }
        if (outbound.onPubAck(packetId)) {
            host.counters().acknowledged++;
            outbound.drain();
        } else {
            host.counters().strayAcks++;
        }
    }

    /** The link takes more. */
    public void onWritable() {
        if (open) {
            outbound.drain();
        }
    }

    /**
     * Notes that a subscription matches the message of delivery number {@code delivery}.
     *
     * @return whether it is the first of this session for that message
     */
    boolean matched(long delivery, Subscription subscription) {
        boolean first = matchedIn != delivery;
        if (first) {
            matchedIn = delivery;
            matchedQos = 0;
            matchedRetain = false;
            matchedIds.clear();
        }
        matchedQos = Math.max(matchedQos, subscription.qos());
        matchedRetain |= subscription.retainAsPublished();
        if (subscription.subscriptionId() > 0) {
            matchedIds.add(subscription.subscriptionId());
        }
        return first;
    }

    /** Sends or queues the message of the delivery just matched. */
    void deliver(Message message) {
        if (!open || doomed) {
            return;
        }
        int[] ids = NO_IDS;
        if (!matchedIds.isEmpty()) {
            matchedIds.sortDistinct();
            ids = matchedIds.toArray();
        }
        int qos = Math.min(matchedQos, message.qos());
        if (!outbound.offer(message, qos, matchedRetain && message.retain(), ids)) {
            doomed = true;
            host.kernel().defer(() -> end(ReasonCode.QUOTA_EXCEEDED, true));
        }
    }

    /** The client sent DISCONNECT. */
    public void onDisconnect(ReasonCode reason) {
        finish(reason == ReasonCode.DISCONNECT_WITH_WILL || reason.isError());
    }

    /** The connection is gone without a DISCONNECT; nothing more can be sent on the link. */
    public void onLinkLost() {
        finish(true);
    }

    /** Ends the session from the broker's side. */
    public void end(ReasonCode reason, boolean withWill) {
        if (open) {
            finish(withWill);
            link.close(reason);
        }
    }

    private void finish(boolean abnormal) {
        if (!open) {
            return;
        }
        open = false;
        Check.that(slots.size() == granted.size(), "I1: every granted subscription has its slot", slots.size());
        while (!slots.isEmpty()) {
            removeSubscription(slots.firstKey());
        }
        outbound.clear();
        publishes.clear();
        host.onSessionEnded(this);
        if (abnormal) {
            host.counters().lost++;
            if (request.will() != null) {
                host.counters().wills++;
                host.publish(null, request.will().message(), null);
            }
        }
    }
}
