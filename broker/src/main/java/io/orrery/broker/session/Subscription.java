package io.orrery.broker.session;

import io.orrery.broker.topic.TopicFilter;

/** A subscription that was granted; see {@link SubscribeRequest} for its options. */
public record Subscription(
        TopicFilter filter, int qos, boolean noLocal, boolean retainAsPublished, int subscriptionId) {}
