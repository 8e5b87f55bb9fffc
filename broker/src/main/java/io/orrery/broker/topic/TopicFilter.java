package io.orrery.broker.topic;

import io.orrery.kernel.Check;

/**
 * What a client subscribes to (MQTT 5.0 section 4.7): a topic name in which a level may be {@code +}, any one level, and
 * the last level may be {@code #}, the level before it and everything below.
 *
 * @param text 1 to 65,535 bytes of UTF-8, at most 128 levels; no shared subscription ({@code $share/...})
 */
public record TopicFilter(String text) implements Comparable<TopicFilter> {
    /**
     * @throws IllegalArgumentException with what {@link #fault} says
     */
    public TopicFilter {
        String fault = fault(text);
        Check.argument(fault == null, fault);
    }

    public static TopicFilter of(String text) {
        return new TopicFilter(text);
    }

    /** Why the text is not a topic filter, for people; null if it is one. */
    public static String fault(String text) {
        String fault = TopicText.fault(text);
        if (fault != null) {
            return fault;
        }
        if (isShared(text)) {
            return "shared subscriptions are not supported";
        }
        int last = text.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if (c != '+' && c != '#') {
                continue;
            }
            if (i > 0 && text.charAt(i - 1) != '/' || i < last && text.charAt(i + 1) != '/') {
                return "a wildcard takes a whole level";
            }
            if (c == '#' && i < last) {
                return "the wildcard # is the last level";
            }
        }
        return null;
    }

    /** Whether the text asks for a shared subscription (MQTT 5.0 section 4.8.2). */
    public static boolean isShared(String text) {
        return text.startsWith("$share/");
    }

    public boolean hasWildcard() {
        return text.indexOf('+') >= 0 || text.indexOf('#') >= 0;
    }

    /** Whether this one filter matches the name; {@link TopicIndex} is for many. */
    public boolean matches(TopicName name) {
        String topic = name.text();
        if (topic.charAt(0) == '$' && (text.charAt(0) == '+' || text.charAt(0) == '#')) {
            return false;
        }
        int f = 0;
        int t = 0;
        while (true) {
            int filterEnd = levelEnd(text, f);
            int topicEnd = levelEnd(topic, t);
            if (text.startsWith("#", f)) {
                return true;
            }
            boolean plus = filterEnd == f + 1 && text.charAt(f) == '+';
            boolean same = filterEnd - f == topicEnd - t && text.regionMatches(f, topic, t, topicEnd - t);
            if (!plus && !same) {
                return false;
            }
            boolean filterOver = filterEnd == text.length();
            if (topicEnd == topic.length()) {
                return filterOver || text.substring(filterEnd).equals("/#");
            }
            if (filterOver) {
                return false;
            }
            f = filterEnd + 1;
            t = topicEnd + 1;
        }
    }

    private static int levelEnd(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }

    @Override
    public int compareTo(TopicFilter other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
