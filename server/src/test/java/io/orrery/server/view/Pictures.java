package io.orrery.server.view;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Pictures of clusters for tests, put together node by node. */
final class Pictures {
    private final SortedMap<String, Observed> nodes = new TreeMap<>();
    private long atMillis = 1_500;
    private List<String> voters = List.of();
    private final SortedMap<String, RegistryDigest> registry = new TreeMap<>();

    /**
     * Adds a node that answers.
     *
     * @param beliefs such as {@code n1 ALIVE 7.0}, or {@code n1 SUSPECT 7.0 n2,n3} with its accusers
     */
    Pictures node(String name, String... beliefs) {
        return node(name, "n1", 5, new TreeMap<>(), beliefs);
    }

    Pictures node(String name, String leader, long applied, SortedMap<String, OwnedRows> rows, String... beliefs) {
        SortedMap<String, Belief> byName = new TreeMap<>();
        for (String text : beliefs) {
            String[] words = text.split(" ", -1);
            List<String> by = words.length > 3 ? List.of(words[3].split(",", -1)) : List.of();
            byName.put(words[0], new Belief(words[0], words[1], words[2], 240, by, by.isEmpty() ? -1 : 900, ""));
        }
        NodeView view = new NodeView(name, "lab", "", byName, rows, registry, leader, voters, 2, applied, applied);
        nodes.put(name, new Observed(name, "h:" + name, view, "", 0));
        return this;
    }

    /** A node that does not answer, as it was when it did. */
    Pictures falls(String name, String trouble, long silentMillis) {
        NodeView last = nodes.containsKey(name) ? nodes.get(name).view() : null;
        nodes.put(name, new Observed(name, "h:" + name, last, trouble, silentMillis));
        return this;
    }

    /** The voters that nodes added from now on know. */
    Pictures voters(String... names) {
        voters = List.of(names);
        return this;
    }

    /** A set of the registry as nodes added from now on have it. */
    Pictures registry(RegistryDigest digest) {
        registry.put(digest.set(), digest);
        return this;
    }

    Pictures at(long millis) {
        atMillis = millis;
        return this;
    }

    static SortedMap<String, OwnedRows> rows(OwnedRows... rows) {
        SortedMap<String, OwnedRows> byOwner = new TreeMap<>();
        for (OwnedRows held : rows) {
            byOwner.put(held.owner(), held);
        }
        return byOwner;
    }

    ClusterView picture() {
        return new ClusterView(atMillis, 1_000_000 + atMillis, nodes);
    }

    List<String> differences() {
        List<String> words = new ArrayList<>();
        Convergence.differences(picture())
                .forEach(difference -> words.add(difference.kind() + ": " + difference.words()));
        return words;
    }
}
