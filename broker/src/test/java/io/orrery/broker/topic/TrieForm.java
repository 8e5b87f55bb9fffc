package io.orrery.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Walks a trie's nodes, and holds them to its invariants. */
final class TrieForm {
    private final TrieNodes nodes;
    private final TreeMap<Integer, List<Integer>> children = new TreeMap<>();

    private TrieForm(TrieNodes nodes) {
        this.nodes = nodes;
    }

    /** What the trie looks like from outside: each node's path and what it holds, by path. Checks T1, N1 and N2 on the way. */
    static TreeMap<String, String> of(TopicIndex index) {
        return new TrieForm(index.trie().nodes()).walk();
    }

    private TreeMap<String, String> walk() {
        for (int node = 1; node < nodes.bound(); node++) {
            if (nodes.isNode(node)) {
                children.computeIfAbsent(nodes.id(nodes.parent(nodes.place(node))), n -> new ArrayList<>())
                        .add(nodes.place(node));
            }
        }
        TreeMap<String, String> form = new TreeMap<>();
        int edges = 0;
        for (int node = 0; node < nodes.bound(); node++) {
            if (nodes.isNode(node)) {
                assertThat(nodes.id(nodes.place(node))).isEqualTo(node);
                edges += nodes.first(nodes.place(node)) < 0 ? nodes.literals(nodes.place(node)) : 0;
                check(node, nodes.place(node));
                String held = nodes.reference(node, false) + " " + nodes.reference(node, true);
                assertThat(form.put(node == TrieNodes.ROOT ? "" : "/" + nodes.text(node, false), held))
                        .isNull();
            }
        }
        assertThat(nodes.edges().size()).isEqualTo(edges);
        return form;
    }

    private void check(int node, int place) {
        List<Integer> own = children.getOrDefault(node, List.of());
        boolean isHere = nodes.reference(node, false) != ValueSets.EMPTY;
        boolean isBelow = nodes.reference(node, true) != ValueSets.EMPTY;
        if (node != TrieNodes.ROOT) {
            assertThat(isHere || isBelow || own.size() > 1).as("T1").isTrue();
            assertThat(nodes.isFork(place)).as("N1").isEqualTo(!own.isEmpty() || isHere && isBelow);
        }
        List<Integer> literals = new ArrayList<>(own);
        literals.remove((Integer) nodes.plus(place));
        int xor = 0;
        for (int child : literals) {
            xor ^= child;
        }
        boolean isTabled = nodes.first(place) < 0;
        assertThat(nodes.literals(place)).as("N2").isEqualTo(literals.size());
        assertThat(isTabled ? nodes.second(place) : nodes.first(place) ^ nodes.second(place))
                .as("N2")
                .isEqualTo(xor);
        assertThat(isTabled ? literals.size() > 1 : literals.size() < 3)
                .as("N2")
                .isTrue();
    }
}
