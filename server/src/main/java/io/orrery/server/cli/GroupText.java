package io.orrery.server.cli;

import io.orrery.server.json.Json;
import java.util.List;

/** One Raft group in words: what {@code orrery describe group} prints. */
final class GroupText {
    private GroupText() {}

    static String text(Json group) {
        Json configuration = group.at("configuration");
        StringBuilder text = new StringBuilder();
        line(text, "Group", group.text("group"));
        line(text, "State", group.text("state"));
        line(text, "Leader", GetCommand.orDash(group.text("leader")));
        line(text, "Term", group.text("term"));
        line(
                text,
                "Log",
                group.text("snapshotIndex") + " compacted, " + group.text("lastIndex") + " last, "
                        + group.text("durableIndex") + " durable");
        line(text, "Committed", group.text("commitIndex"));
        line(text, "Applied", group.text("appliedIndex"));
        line(text, "Priority", group.text("priority"));
        line(
                text,
                "Configuration",
                "entry " + configuration.text("index") + ", "
                        + (configuration.truth("committed") ? "committed" : "not committed")
                        + (configuration.truth("joint") ? ", joint" : "")
                        + (configuration.truth("forced") ? ", forced by an operator" : ""));
        members(text, "  Voters", configuration.texts("voters"));
        members(text, "  Outgoing", configuration.texts("outgoing"));
        members(text, "  Learners", configuration.texts("learners"));
        members(text, "  Learners next", configuration.texts("learnersNext"));
        members(text, "  To be promoted", configuration.texts("promotable"));
        line(text, "Last reason", GetCommand.orDash(group.text("reason")));
        List<Json> peers = group.list("peers");
        text.append(peers.isEmpty() ? "Peers: known to the leader\n" : "Peers:\n" + indented(peers(peers)));
        text.append("Events:\n").append(indented(events(group.list("events"))));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private static void members(StringBuilder text, String name, List<String> nodes) {
        if (!nodes.isEmpty()) {
            line(text, name, String.join(",", nodes));
        }
    }

    private static String peers(List<Json> peers) {
        Table table = new Table("NODE", "ROLE", "STATE", "MATCH", "APPLIED", "LAG", "PRIORITY", "HEARD");
        for (Json peer : peers) {
            table.row(
                    peer.text("node"),
                    peer.text("role"),
                    peer.text("state"),
                    peer.text("matchIndex"),
                    peer.text("appliedIndex"),
                    peer.text("lag"),
                    GetCommand.orDash(peer.text("priority")),
                    peer.text("heardMillis") + "ms ago");
        }
        return table.text();
    }

    private static String events(List<Json> events) {
        Table table = new Table("AGO", "KIND", "WHAT", "WHY");
        for (Json event : events) {
            table.row(Ages.ago(event.at("agoMillis")), event.text("kind"), event.text("what"), event.text("why"));
        }
        return table.text();
    }

    private static String indented(String table) {
        return table.isEmpty() ? "" : "  " + table.stripTrailing().replace("\n", "\n  ") + "\n";
    }
}
