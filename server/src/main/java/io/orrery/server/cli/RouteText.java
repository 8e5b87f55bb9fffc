package io.orrery.server.cli;

import io.orrery.server.json.Json;
import java.util.ArrayList;
import java.util.List;

/** The route table, and the box with trie and routes, as emqttd's documentation draws them. */
final class RouteText {
    private static final int TRIE_WIDTH_MAX = 160;

    private RouteText() {}

    /** One line a filter, the arrows below each other: {@code t/+/x -> node1, node3}. */
    static List<String> lines(Json answer) {
        List<Json> routes = answer.list("routes");
        int width = 0;
        for (Json route : routes) {
            width = Math.max(width, route.text("filter").length());
        }
        List<String> lines = new ArrayList<>();
        for (Json route : routes) {
            String filter = route.text("filter");
            String padding = " ".repeat(width - filter.length());
            lines.add(filter + padding + " -> " + String.join(", ", route.texts("nodes")));
        }
        return lines;
    }

    static String box(Json answer, boolean withTrie) {
        List<String> routes =
                lines(answer).stream().map(line -> " " + line + "  ").toList();
        List<String> trie = withTrie ? TrieDrawing.lines(answer.list("trie"), TRIE_WIDTH_MAX) : List.of();
        int width = Math.max(widest(routes), widest(trie));
        String rule = "-".repeat(width + 2);
        List<String> box = new ArrayList<>();
        box.add(rule);
        frame(box, trie, width, rule);
        frame(box, routes, width, rule);
        return String.join("\n", box);
    }

    private static void frame(List<String> box, List<String> lines, int width, String rule) {
        if (!lines.isEmpty()) {
            lines.forEach(line -> box.add("|" + line + " ".repeat(width - line.length()) + "|"));
            box.add(rule);
        }
    }

    private static int widest(List<String> lines) {
        return lines.stream().mapToInt(String::length).max().orElse(0);
    }
}
