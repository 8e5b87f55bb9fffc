package io.orrery.broker.check;

import io.orrery.broker.topic.TopicFilter;
import io.orrery.broker.topic.TopicName;
import java.util.TreeMap;

/** What one simulated client is subscribed to, by its own account; and what it was, until when. */
final class ClientFilters {
    private final TreeMap<String, TopicFilter> present = new TreeMap<>();
    /** Filters it has unsubscribed. */
    private final TreeMap<String, Ended> ended = new TreeMap<>();

    /** A filter, and the last moment at which the client was subscribed to it. */
    private record Ended(TopicFilter filter, long moment) {}

    void onSubscribed(String filter) {
        present.put(filter, TopicFilter.of(filter));
    }

    void onUnsubscribed(String filter, long moment) {
        TopicFilter removed = present.remove(filter);
        if (removed != null) {
            ended.put(filter, new Ended(removed, moment));
        }
    }

    /** Whether the client is subscribed to the topic now. */
    boolean matches(TopicName topic) {
        for (TopicFilter filter : present.values()) {
            if (filter.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the client was subscribed to the topic at this moment or later. */
    boolean matchedSince(TopicName topic, long moment) {
        for (Ended one : ended.values()) {
            if (one.moment >= moment && one.filter.matches(topic)) {
                return true;
            }
        }
        return matches(topic);
    }
}
