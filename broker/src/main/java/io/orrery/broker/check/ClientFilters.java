package io.orrery.broker.check;

import io.orrery.broker.topic.TopicFilter;
import io.orrery.broker.topic.TopicName;
import java.util.Map;
import java.util.TreeMap;

/** What one simulated client is subscribed to, by its own account; and what it was, until when. */
final class ClientFilters {
    private final TreeMap<String, TopicFilter> present = new TreeMap<>();
    /** Filters it has unsubscribed, with the last moment at which it was subscribed. */
    private final TreeMap<String, Long> ended = new TreeMap<>();

    void onSubscribed(String filter) {
        present.put(filter, TopicFilter.of(filter));
    }

    void onUnsubscribed(String filter, long moment) {
        if (present.remove(filter) != null) {
            ended.put(filter, moment);
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
        for (Map.Entry<String, Long> one : ended.entrySet()) {
            if (one.getValue() >= moment && TopicFilter.of(one.getKey()).matches(topic)) {
                return true;
            }
        }
        return matches(topic);
    }
}
