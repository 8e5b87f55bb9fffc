package io.orrery.broker.check;

import io.orrery.broker.topic.TopicName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What one client published: its messages are numbered from 1, and each was published on one topic at one moment of the
 * history. Moments are counted by publishes, since nodes' clocks differ.
 */
final class PublishBook {
    /** Topics by number, so that a message takes few bytes; shared by the clients of a history. */
    static final class Topics {
        private final TreeMap<String, Integer> numbers = new TreeMap<>();
        private final List<TopicName> names = new ArrayList<>();

        int number(String topic) {
            Integer known = numbers.get(topic);
            if (known == null) {
                known = names.size();
                numbers.put(topic, known);
                names.add(TopicName.of(topic));
            }
            return known;
        }

        TopicName name(int number) {
            return names.get(number);
        }
    }

    private int[] topics = new int[16];
    private long[] moments = new long[16];
    private int size;

    /** Adds the next message; returns its number. */
    int add(int topic, long moment) {
        if (size == topics.length) {
            topics = Arrays.copyOf(topics, size * 2);
            moments = Arrays.copyOf(moments, size * 2);
        }
        topics[size] = topic;
        moments[size] = moment;
        return ++size;
    }

    boolean has(long sequence) {
        return sequence >= 1 && sequence <= size;
    }

    int topic(long sequence) {
        return topics[(int) sequence - 1];
    }

    long moment(long sequence) {
        return moments[(int) sequence - 1];
    }
}
