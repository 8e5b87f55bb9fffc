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
                children.computeIfAbsent(nodes.parent(node), n -> new ArrayList<>())
                        .add(node);
            }
        }
        TreeMap<String, String> form = new TreeMap<>();
        int forks = 0;
        int edges = 0;
        for (int node = 0; node < nodes.bound(); node++) {
            if (nodes.isNode(node)) {
                boolean isForked = nodes.fork(node) > TrieNodes.NO_FORK;
                forks += isForked ? 1 : 0;
                edges += isForked && nodes.first(nodes.fork(node)) < 0 ? nodes.literals(nodes.fork(node)) : 0;
                check(node, isForked);
                String held = isForked + " " + nodes.values(node) + " " + nodes.reference(node, true);
                assertThat(form.put(node == TrieNodes.ROOT ? "" : "/" + nodes.text(node, false), held))
                        .isNull();
            }
        }
        assertThat(nodes.forkCount()).isEqualTo(forks - 1);
        assertThat(nodes.edges().size()).isEqualTo(edges);
        return form;
    }

    private void check(int node, boolean isForked) {
        List<Integer> own = children.getOrDefault(node, List.of());
        boolean hasValues = nodes.values(node) != ValueSets.EMPTY || nodes.reference(node, true) != ValueSets.EMPTY;
        if (node != TrieNodes.ROOT) {
            assertThat(hasValues || own.size() > 1).as("T1").isTrue();
            boolean both =
                    nodes.reference(node, false) != ValueSets.EMPTY && nodes.reference(node, true) != ValueSets.EMPTY;
            assertThat(isForked).as("N1").isEqualTo(!own.isEmpty() || both);
        }
        if (isForked) {
            int fork = nodes.fork(node);
            List<Integer> literals = new ArrayList<>(own);
            literals.remove((Integer) nodes.plus(fork));
            int xor = 0;
            for (int child : literals) {
                xor ^= child;
            }
            assertThat(nodes.literals(fork)).as("N2").isEqualTo(literals.size());
            boolean isTabled = nodes.first(fork) < 0;
            assertThat(isTabled ? nodes.second(fork) : nodes.first(fork) ^ nodes.second(fork))
                    .as("N2")
                    .isEqualTo(xor);
            assertThat(isTabled ? literals.size() > 1 : literals.size() < 3)
                    .as("N2")
                    .isTrue();
        }
    }
}
