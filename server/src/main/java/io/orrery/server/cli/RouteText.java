package io.orrery.server.cli;

import io.orrery.server.json.Json;
import java.util.ArrayList;
import java.util.List;

/** The route table as emqttd's documentation prints it. */
final class RouteText {
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
}
