package io.orrery.broker.topic;

import io.orrery.kernel.Check;

/**
 * The topic of one message (MQTT 5.0 section 4.7): levels separated by {@code /}, any of which may be empty, and no
 * wildcards.
 *
 * @param text 1 to 65,535 bytes of UTF-8, at most 128 levels
 */
public record TopicName(String text) implements Comparable<TopicName> {
    /**
     * @throws IllegalArgumentException with what {@link #fault} says
     */
    public TopicName {
        String fault = fault(text);
        Check.argument(fault == null, fault);
    }

    public static TopicName of(String text) {
        return new TopicName(text);
    }

    /** Why the text is not a topic name, for people; null if it is one. */
    public static String fault(String text) {
        String fault = TopicText.fault(text);
        if (fault != null) {
            return fault;
        }
        if (text.indexOf('+') >= 0 || text.indexOf('#') >= 0) {
            return "a topic name holds no wildcard";
        }
        return null;
    }

    @Override
    public int compareTo(TopicName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
