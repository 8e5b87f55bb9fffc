package io.orrery.server.cli;

import io.orrery.server.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Members in words: what {@code orrery get members}, {@code get member} and {@code describe member} print. */
final class MemberText {
    /** The columns of Easegress's documentation, which are wider than what is in them. */
    private static final int[] EASEGRESS_WIDTHS = {16, 14, 6, 8, 0, 0};

    private MemberText() {}

    /** Easegress's columns, and what gossip knows besides. */
    static String table(Json answer) {
        Table table = new Table(
                "NAME",
                "ROLE",
                "AGE",
                "STATE",
                "API-ADDR",
                "HEARTBEAT",
                "STATUS",
                "INCARNATION",
                "SUSPICION",
                "ADDRESS");
        for (Json member : answer.list("members")) {
            table.row(
                    member.text("name"),
                    GetCommand.orDash(member.text("role")),
                    Ages.age(member.at("ageMillis")),
                    GetCommand.orDash(member.text("state")),
                    GetCommand.orDash(member.text("apiAddress")),
                    Ages.ago(member.at("heartbeatMillis")),
                    member.text("status"),
                    GetCommand.orDash(member.text("incarnation")),
                    suspicion(member.at("suspicion")),
                    GetCommand.orDash(member.text("address")));
        }
        return table.text();
    }

    /** As Easegress prints it: an empty state is two quotation marks there. */
    static String easegressTable(Json answer) {
        Table table = new Table(EASEGRESS_WIDTHS, "NAME", "ROLE", "AGE", "STATE", "API-ADDR", "HEARTBEAT");
        for (Json member : answer.list("members")) {
            String state = member.text("state");
            table.row(
                    member.text("name"),
                    member.text("role"),
                    Ages.age(member.at("ageMillis")),
                    state.isEmpty() ? "\"\"" : state,
                    member.text("apiAddress"),
                    Ages.ago(member.at("heartbeatMillis")));
        }
        return table.text();
    }

    /** One member in full. */
    static String text(Json member) {
        List<String> lines = new ArrayList<>();
        line(lines, "Name", member.text("name"));
        line(lines, "Seen by", member.text("observer"));
        line(lines, "Status", member.text("status"));
        if (member.text("status").equals("REMOVED")) {
            line(lines, "Incarnation", incarnation(member));
        } else {
            facts(lines, member);
        }
        List<Json> events = member.list("events");
        lines.add(events.isEmpty() ? "Events: none are remembered" : "Events:");
        if (!events.isEmpty()) {
            lines.add("  " + events(events).replace("\n", "\n  "));
        }
        return String.join("\n", lines);
    }

    /** What is known of one that is a member. */
    private static void facts(List<String> lines, Json member) {
        line(lines, "Suspicion", suspicion(member.at("suspicion")));
        line(lines, "Incarnation", incarnation(member));
        line(lines, "Age", Ages.age(member.at("ageMillis")));
        line(lines, "Last heard", heard(member.at("heartbeatMillis")));
        line(lines, "Role", GetCommand.orDash(member.text("role")));
        line(lines, "State in group 0", GetCommand.orDash(member.text("state")));
        line(lines, "Address", GetCommand.orDash(member.text("address")));
        line(lines, "API address", GetCommand.orDash(member.text("apiAddress")));
        line(lines, "Metadata", member.text("metadata"));
        line(lines, "Rows", rows(member.at("rows")));
    }

    private static void line(List<String> lines, String name, String value) {
        lines.add(name + ": " + value);
    }

    private static String incarnation(Json member) {
        long refutations = member.number("refutations");
        String refuted = refutations == 1 ? "1 refutation" : refutations + " refutations";
        return member.text("incarnation") + " (booted as generation " + member.text("generation") + ", " + refuted
                + " since)";
    }

    /** To the tenth of a second, for this is what one looks at while something is wrong. */
    private static String heard(Json millis) {
        return millis.isNull() ? "never" : seconds(Long.parseLong(millis.text())) + " ago";
    }

    private static String rows(Json rows) {
        return rows.isNull()
                ? "none are held"
                : rows.text("count") + " of generation " + rows.text("generation") + " up to operation "
                        + rows.text("sequence") + ", hash " + rows.text("hash");
    }

    /** Who suspects it and until when; a dash if nobody does. */
    private static String suspicion(Json suspicion) {
        if (suspicion.isNull()) {
            return "-";
        }
        String by = String.join(",", suspicion.texts("by"));
        return "by " + by + ", dead in " + seconds(suspicion.number("deadInMillis"));
    }

    private static String events(List<Json> events) {
        Table table = new Table("AGO", "KIND", "INCARNATION", "WHAT");
        for (Json event : events) {
            table.row(
                    Ages.ago(event.at("agoMillis")), event.text("kind"), event.text("incarnation"), event.text("text"));
        }
        return table.text();
    }

    /** Such as {@code 3.2s}. */
    static String seconds(long millis) {
        long tenths = Math.max(0, millis) / 100;
        return tenths / 10 + "." + tenths % 10 + "s";
    }
}
