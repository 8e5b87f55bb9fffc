package io.orrery.server.cli;

import io.orrery.server.json.Json;
import java.util.List;

/** One Raft group in words: what {@code orrery describe group} prints. */
final class GroupText {
    private static final long SILENT_MILLIS_MIN = 500;

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
        if (!group.truth("mayVote")) {
            line(text, "Votes", "not before it has all that this disk may have lost: see 'forgot' below");
        }
        if (!group.truth("hasState")) {
            line(text, "State machine", "waits for a snapshot of the others");
        }
        line(text, "Disk", disk(group.at("disk")));
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

    /** A batch is silent for milliseconds all the time: only what an operator would ask about is said. */
    private static String disk(Json disk) {
        long silentMillis = disk.number("silentMillis");
        String state = disk.truth("full")
                ? "full: no commands are taken until there is space"
                : silentMillis >= SILENT_MILLIS_MIN ? "no answer for " + silentMillis + " ms" : "answers";
        long damages = disk.number("damages");
        return damages == 0
                ? state
                : state + "; damage was found " + damages + (damages == 1 ? " time" : " times") + ": replace it";
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
