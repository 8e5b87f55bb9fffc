package io.orrery.server.cli;

import io.orrery.server.json.Json;

/** The cluster state as EventterMQ's {@code dump} prints it. */
final class StateDump {
    private StateDump() {}

    static String text(Json dump) {
        StringBuilder text = new StringBuilder("=== Cluster state ===\n");
        text.append("index: ").append(dump.number("index")).append('\n');
        for (Json namespace : dump.list("namespaces")) {
            namespace(text, namespace);
        }
        for (Json node : dump.list("nodes")) {
            text.append("nodes: <\n");
            quoted(text, "  name", node.text("name"));
            quoted(text, "  address", node.text("address"));
            text.append("  role: ").append(node.text("role")).append('\n');
            text.append("  state: ").append(node.text("state")).append("\n>\n");
        }
        return text.substring(0, text.length() - 1);
    }

    private static void namespace(StringBuilder text, Json namespace) {
        text.append("namespaces: <\n");
        quoted(text, "  name", namespace.text("name"));
        for (Json topic : namespace.list("topics")) {
            text.append("  topics: <\n");
            quoted(text, "    name", topic.text("name"));
            text.append("    shards: ").append(topic.text("shards")).append('\n');
            text.append("    replication_factor: ")
                    .append(topic.text("replicationFactor"))
                    .append('\n');
            text.append("    retention: <\n      nanos: ")
                    .append(topic.text("retentionNanos"))
                    .append("\n    >\n");
            quoted(text, "    default_exchange_type", topic.text("exchangeType"));
            text.append("  >\n");
        }
        text.append(">\n");
    }

    private static void quoted(StringBuilder text, String name, String value) {
        text.append(name).append(": \"").append(value).append("\"\n");
    }
}
