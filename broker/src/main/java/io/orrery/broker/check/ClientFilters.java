package io.orrery.broker.check;

import io.orrery.broker.topic.TopicFilter;
import io.orrery.broker.topic.TopicName;
import java.util.ArrayList;
import java.util.List;

/**
 * What one simulated client is subscribed to, by its own account; and what it was, until when. Clients have few filters, and
 * are asked for them with every message of anybody.
 */
final class ClientFilters {
    private final List<TopicFilter> present = new ArrayList<>();
    /** Filters it has unsubscribed, each once. */
    private final List<Ended> ended = new ArrayList<>();

    /** A filter, and the last moment at which the client was subscribed to it. */
    private record Ended(TopicFilter filter, long moment) {}

    void onSubscribed(String filter) {
        TopicFilter added = TopicFilter.of(filter);
        if (!present.contains(added)) {
            present.add(added);
        }
    }

    void onUnsubscribed(String filter, long moment) {
        TopicFilter removed = TopicFilter.of(filter);
        if (present.remove(removed)) {
            ended.removeIf(one -> one.filter.equals(removed));
            ended.add(new Ended(removed, moment));
        }
    }

    /** Whether the client is subscribed to the topic now. */
    boolean matches(TopicName topic) {
        for (int i = 0; i < present.size(); i++) {
            if (present.get(i).matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the client was subscribed to the topic at this moment or later. */
    boolean matchedSince(TopicName topic, long moment) {
        for (int i = 0; i < ended.size(); i++) {
            Ended one = ended.get(i);
            if (one.moment >= moment && one.filter.matches(topic)) {
                return true;
            }
        }
        return matches(topic);
    }
}
