package io.orrery.broker.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A trie with a node for each level, as plain as can be: what a match gives, and in which order. The filters without a wildcard
 * come first, as in the index; then level by level, {@code +} before the level itself, a {@code #} as soon as it matches.
 */
final class PlainTrie {
    private final TreeMap<String, PlainTrie> children = new TreeMap<>();
    private final TreeSet<Integer> here = new TreeSet<>();
    private final TreeSet<Integer> below = new TreeSet<>();
    private final TreeMap<String, TreeSet<Integer>> exact = new TreeMap<>();

    /** The set of values of a filter, made if there is none. */
    private TreeSet<Integer> values(TopicFilter filter) {
        if (!filter.hasWildcard()) {
            return exact.computeIfAbsent(filter.text(), f -> new TreeSet<>());
        }
        PlainTrie at = this;
        for (String level : filter.text().split("/", -1)) {
            if (level.equals("#")) {
                return at.below;
            }
            at = at.children.computeIfAbsent(level, l -> new PlainTrie());
        }
        return at.here;
    }

    boolean add(TopicFilter filter, int value) {
        return values(filter).add(value);
    }

    boolean remove(TopicFilter filter, int value) {
        return values(filter).remove(value);
    }

    List<Integer> match(String topic) {
        List<Integer> out = new ArrayList<>(exact.getOrDefault(topic, new TreeSet<>()));
        List<PlainTrie> frontier = List.of(this);
        boolean wild = !topic.startsWith("$");
        for (String level : topic.split("/", -1)) {
            List<PlainTrie> following = new ArrayList<>();
            for (PlainTrie node : frontier) {
                if (wild) {
                    out.addAll(node.below);
                    follow(node.children.get("+"), following);
                }
                follow(node.children.get(level), following);
            }
            frontier = following;
            wild = true;
        }
        for (PlainTrie node : frontier) {
            out.addAll(node.here);
            out.addAll(node.below);
        }
        return out;
    }

    private static void follow(PlainTrie child, List<PlainTrie> following) {
        if (child != null) {
            following.add(child);
        }
    }
}
