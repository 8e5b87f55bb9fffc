package io.orrery.broker.topic;

import java.util.Comparator;

/**
 * The order in which filters and levels are listed: level by level, {@code +} first, then {@code #}, then the others by
 * their characters; a filter before those that go on where it ends.
 */
public final class FilterOrder implements Comparator<TopicFilter> {
    public static final FilterOrder BY_LEVEL = new FilterOrder();

    private FilterOrder() {}

    @Override
    public int compare(TopicFilter one, TopicFilter other) {
        return compareText(one.text(), other.text());
    }

    /** Orders the texts of filters, or of single levels. */
    static int compareText(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        for (int i = 0; i < shorter; i++) {
            char x = one.charAt(i);
            char y = other.charAt(i);
            if (x != y) {
                return Integer.compare(rank(x), rank(y));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** A separator sorts first, so that a level sorts before those it is a prefix of. Wildcards are whole levels. */
    private static int rank(char c) {
        return switch (c) {
            case '/' -> -3;
            case '+' -> -2;
            case '#' -> -1;
            default -> c;
        };
    }
}
