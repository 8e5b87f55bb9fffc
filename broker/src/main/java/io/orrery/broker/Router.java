package io.orrery.broker;

import io.orrery.broker.forward.ForwardLink;
import io.orrery.broker.forward.Forwarder;
import io.orrery.broker.route.RouteOwner;
import io.orrery.broker.route.RouteTable;
import io.orrery.broker.session.ClientSession;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.PendingPublish;
import io.orrery.broker.session.PublishOutcome;
import io.orrery.broker.session.SubscriptionTable;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;

/**
 * The way of a publish: the nodes that the route table names get it, this one at once, each other one by its link.
 *
 * <p>A QoS 1 message goes to all of them or, when one has no room for it, to none: its publisher is refused and may repeat
 * it. A QoS 0 message goes to those that have room. A publisher that fills a link to half is held back before that.
 */
final class Router {
    private final Kernel kernel;
    private final RouteTable routes;
    private final SubscriptionTable subscriptions;
    private final Forwarder forwarder;
    private final BrokerCounters counters;
    private final NodeId self;
    private final ArrayList<RouteOwner> owners = new ArrayList<>();

    Router(
            Kernel kernel,
            RouteTable routes,
            SubscriptionTable subscriptions,
            Forwarder forwarder,
            BrokerCounters counters) {
        this.kernel = kernel;
        this.routes = routes;
        this.subscriptions = subscriptions;
        this.forwarder = forwarder;
        this.counters = counters;
        this.self = kernel.self();
    }

    PublishOutcome publish(ClientSession from, Message message, PendingPublish pending) {
        owners.clear();
        routes.match(message.topic(), owners);
        if (owners.isEmpty()) {
            counters.unrouted++;
            return PublishOutcome.NO_SUBSCRIBERS;
        }
        if (pending != null && !hasRoomEverywhere()) {
            counters.overloaded++;
            kernel.trace().reached(BrokerMarks.PUBLISH_OVERLOADED);
            return PublishOutcome.OVERLOADED;
        }
        for (int i = 0; i < owners.size(); i++) {
            RouteOwner owner = owners.get(i);
            if (owner.node().equals(self)) {
                subscriptions.deliver(message, from);
            } else {
                forward(from, message, pending, forwarder.link(owner));
            }
        }
        return PublishOutcome.ROUTED;
    }

    private boolean hasRoomEverywhere() {
        for (int i = 0; i < owners.size(); i++) {
            RouteOwner owner = owners.get(i);
            if (!owner.node().equals(self) && !forwarder.link(owner).hasRoom()) {
                return false;
            }
        }
        return true;
    }

    private void forward(ClientSession from, Message message, PendingPublish pending, ForwardLink link) {
        if (!link.hasRoom()) {
            forwarder.counters().countDroppedFull();
            return;
        }
        link.offer(message, pending);
        if (from != null && link.isCongested()) {
            link.hold(from);
        }
    }
}
