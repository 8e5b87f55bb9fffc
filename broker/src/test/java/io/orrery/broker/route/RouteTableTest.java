package io.orrery.broker.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.topic.TopicFilter;
import io.orrery.broker.topic.TopicName;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final NodeId N1 = NodeId.of("node1");
    private static final NodeId N2 = NodeId.of("node2");
    private static final NodeId N3 = NodeId.of("node3");

    private final RouteTable table = new RouteTable(7);

    private static TopicFilter filter(String text) {
        return TopicFilter.of(text);
    }

    private static List<String> match(RouteTable table, String topic) {
        List<RouteOwner> owners = new ArrayList<>();
        table.match(TopicName.of(topic), owners);
        return owners.stream().map(owner -> owner.node().name()).sorted().toList();
    }

    private void seedExample() {
        table.add(N1, 1, filter("t/+/x"));
        table.add(N1, 1, filter("t/+/y"));
        table.add(N2, 1, filter("t/#"));
        table.add(N3, 1, filter("t/+/x"));
        table.add(N3, 1, filter("t/a"));
    }

    @Test
    void seedExampleIsDrawnAsItsDocumentDrawsIt() {
        seedExample();
        assertThat(table.describe()).isEqualTo("""
                        --------------------------
                        |          t             |
                        |         / \\            |
                        |        +   #           |
                        |      /  \\              |
                        |    x      y            |
                        --------------------------
                        | t/+/x -> node1, node3  |
                        | t/+/y -> node1         |
                        | t/#   -> node2         |
                        | t/a   -> node3         |
                        --------------------------
                        """);
        assertThat(table.routes().toString())
                .isEqualTo("[t/+/x -> node1, node3, t/+/y -> node1, t/# -> node2, t/a -> node3]");
    }

    @Test
    void seedExampleRoutesToNode2AndNode3() {
        seedExample();
        assertThat(match(table, "t/a")).containsExactly("node2", "node3");
        assertThat(match(table, "t/b/x")).containsExactly("node1", "node2", "node3");
        assertThat(match(table, "u")).isEmpty();
    }

    @Test
    void nodeWithSeveralMatchingRowsIsNamedOnce() {
        table.add(N1, 1, filter("a/#"));
        table.add(N1, 1, filter("a/+"));
        table.add(N1, 1, filter("a/b"));
        assertThat(match(table, "a/b")).containsExactly("node1");
    }

    @Test
    void clearedNodeVanishesAtOnceAndIsErasedBySweeps() {
        for (int i = 0; i < 100; i++) {
            table.add(N1, 1, filter("x/" + i + "/#"));
            table.add(N2, 1, filter("x/" + i + "/#"));
        }
        assertThat(table.rowCount()).isEqualTo(200);
        RouteOwner gone = table.clear(N1);
        assertThat(gone.isLive()).isFalse();
        assertThat(match(table, "x/5/y")).containsExactly("node2");
        assertThat(table.rowCount()).isEqualTo(100);
        assertThat(table.routes()).allMatch(route -> route.nodes().equals(List.of(N2)));
        assertThat(table.sweep(60)).isTrue();
        while (table.sweep(60)) {}
        table.clear(N2);
        while (table.sweep(7)) {}
        assertThat(table.isClean()).isTrue();
    }

    @Test
    void laterGenerationReplacesAllRowsOfTheEarlier() {
        table.add(N1, 1, filter("a"));
        table.add(N1, 1, filter("b/+"));
        table.add(N1, 2, filter("c"));
        assertThat(table.routes().toString()).isEqualTo("[c -> node1]");
        assertThat(table.owner(N1).generation()).isEqualTo(2);
        while (table.sweep(100)) {}
        table.add(N2, 5, filter("b/+"));
        assertThat(match(table, "b/x")).containsExactly("node2");
    }

    @Property(tries = 150)
    void tableEqualsAModelUnderAnyHistory(@ForAll @Size(max = 150) List<@IntRange(max = 9_999) Integer> choices) {
        RouteTable routes = new RouteTable(1);
        NodeId[] nodes = {N1, N2, N3};
        String[] filters = {"a", "a/b", "+", "a/+", "#", "a/#", "+/b", "c/d/e", "c/+/e", "c/d/#"};
        long generation = 1;
        TreeMap<String, TreeSet<NodeId>> model = new TreeMap<>();
        for (int choice : choices) {
            NodeId node = nodes[choice % 3];
            String text = filters[choice / 3 % filters.length];
            switch (choice / 100 % 10) {
                case 0 -> {
                    routes.clear(node);
                    model.values().forEach(owners -> owners.remove(node));
                }
                case 1 -> routes.sweep(1 + choice % 5);
                case 2, 3, 4 ->
                    assertThat(routes.remove(node, filter(text)))
                            .isEqualTo(model.getOrDefault(text, new TreeSet<>()).remove(node));
                default ->
                    assertThat(routes.add(node, generation, filter(text)))
                            .isEqualTo(model.computeIfAbsent(text, t -> new TreeSet<>())
                                    .add(node));
            }
        }
        model.values().removeIf(TreeSet::isEmpty);
        TreeMap<String, TreeSet<NodeId>> seen = new TreeMap<>();
        routes.routes().forEach(route -> seen.put(route.filter().text(), new TreeSet<>(route.nodes())));
        assertThat(seen).isEqualTo(model);
        assertThat(routes.rowCount())
                .isEqualTo(model.values().stream().mapToLong(TreeSet::size).sum());
        for (NodeId node : nodes) {
            routes.clear(node);
        }
        while (routes.sweep(3)) {}
        assertThat(routes.isClean()).isTrue();
    }
}
