package io.orrery.sim.report;

import io.orrery.sim.report.Recording.EventRow;
import io.orrery.sim.report.Recording.LineRow;
import io.orrery.sim.report.Recording.MessageRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an event is and did, in one line: for tools that show one text an event. */
final class EventText {
    private final Recording recording;
    private final Map<Long, MessageRow> messages = new TreeMap<>();
    private final Map<Long, List<LineRow>> lines = new TreeMap<>();

    EventText(Recording recording) {
        this.recording = recording;
        recording.messages().forEach(message -> messages.put(message.id(), message));
        for (LineRow line : recording.lines()) {
            if (line.node() != Recording.WORLD) {
                lines.computeIfAbsent(line.event(), event -> new ArrayList<>()).add(line);
            }
        }
    }

    /** The message that it delivers; null if none, or none that is known. */
    MessageRow delivered(EventRow event) {
        return event.message() == 0 ? null : messages.get(event.message());
    }

    /** Such as {@code AppendAck from n2}, or {@code expire election}. */
    String title(EventRow event) {
        MessageRow message = delivered(event);
        if (message != null) {
            return message.kind() + " from " + recording.nodes().get(message.from());
        }
        return event.subject().isEmpty() ? event.kind() : event.kind() + " " + event.subject();
    }

    List<LineRow> transitions(EventRow event) {
        return lines.getOrDefault(event.number(), List.of());
    }

    static String text(LineRow line) {
        return (line.scope().isEmpty() ? "" : line.scope() + " ")
                + line.what()
                + (line.why().isEmpty() ? "" : " " + line.why());
    }

    /** The title, and the transitions behind it. */
    String whole(EventRow event) {
        StringBuilder text = new StringBuilder(title(event));
        for (LineRow line : transitions(event)) {
            text.append("; ").append(text(line));
        }
        return text.toString();
    }
}
