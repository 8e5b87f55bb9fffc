package io.orrery.broker.session;

import io.orrery.broker.topic.TopicFilter;
import io.orrery.kernel.Kernel;

/** What a session needs of its node. */
public interface SessionHost {
    Kernel kernel();

    SessionLimits limits();

    SessionCounters counters();

    SubscriptionTable subscriptions();

    /**
     * Delivers a client's message here and hands it to the nodes that want it.
     *
     * @param from the publisher; null for a will, whose session is over
     * @param pending gets a part for each node that must acknowledge; null for QoS 0
     */
    PublishOutcome publish(ClientSession from, Message message, PendingPublish pending);

    /** The node's first subscription to the filter was made. */
    void onFilterAdded(TopicFilter filter);

    /** The node's last subscription to the filter is gone. */
    void onFilterRemoved(TopicFilter filter);

    /** The session ended and holds nothing any more. */
    void onSessionEnded(ClientSession session);
}
