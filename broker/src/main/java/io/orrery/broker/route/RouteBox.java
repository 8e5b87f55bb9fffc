package io.orrery.broker.route;

import io.orrery.broker.topic.TopicFilter;
import io.orrery.broker.topic.TriePicture;
import java.util.ArrayList;
import java.util.List;

/** Draws the topic trie above the route table, in one box. */
final class RouteBox {
    private static final int MARGIN_RIGHT = 2;

    private RouteBox() {}

    static String draw(List<Route> routes) {
        List<TopicFilter> filters = new ArrayList<>();
        int filterWidth = 0;
        for (Route route : routes) {
            filters.add(route.filter());
            filterWidth = Math.max(filterWidth, route.filter().text().length());
        }
        List<String> trie = TriePicture.draw(filters);
        List<String> table = new ArrayList<>();
        for (Route route : routes) {
            String filter = route.filter().text();
            table.add(" " + filter + " ".repeat(filterWidth - filter.length()) + " -> " + route.nodesText());
        }
        int width = 0;
        for (String line : trie) {
            width = Math.max(width, line.length());
        }
        for (String line : table) {
            width = Math.max(width, line.length());
        }
        width += MARGIN_RIGHT;
        String border = "-".repeat(width + 2) + "\n";
        StringBuilder box = new StringBuilder(border);
        append(box, trie, width);
        if (!trie.isEmpty()) {
            box.append(border);
        }
        append(box, table, width);
        return box.append(border).toString();
    }

    private static void append(StringBuilder box, List<String> lines, int width) {
        for (String line : lines) {
            box.append('|')
                    .append(line)
                    .append(" ".repeat(width - line.length()))
                    .append("|\n");
        }
    }
}
