package io.orrery.sim;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.TraceHash;
import io.orrery.sim.event.Agenda;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What people read of a run: one line per transition, and how often each mark was reached. Nothing flows back. */
final class Journal {
    private final Agenda agenda;
    private final Map<Mark, long[]> marks = new LinkedHashMap<>();
    private Consumer<String> lines;
    private Consumer<String> events;

    Journal(Agenda agenda) {
        this.agenda = agenda;
    }

    void traceTo(Consumer<String> sink) {
        lines = sink;
    }

    boolean isOn() {
        return lines != null;
    }

    void line(String who, String what, String why) {
        if (lines != null) {
            lines.accept(time(agenda.nowNanos()) + " " + who + " " + what + (why.isEmpty() ? "" : " " + why));
        }
    }

    /** As {@link #line(String, String, String)}, for a reason that ends in a number. */
    void line(String who, String what, String why, long number) {
        if (lines != null) {
            line(who, what, why + number);
        }
    }

    void eventsTo(Consumer<String> sink) {
        events = sink;
    }

    void event(NodeId node, NodeEvent.Kind kind, String subject, long digest) {
        if (events != null) {
            events.accept(
                    time(agenda.nowNanos()) + " " + node + " " + kind + " " + subject + " " + TraceHash.hex(digest));
        }
    }

    void reached(Mark mark) {
        long[] count = marks.get(mark);
        if (count == null) {
            count = new long[1];
            marks.put(mark, count);
        }
        count[0]++;
    }

    SortedMap<Mark, Long> marks() {
        TreeMap<Mark, Long> counts = new TreeMap<>();
        marks.forEach((mark, count) -> counts.put(mark, count[0]));
        return Collections.unmodifiableSortedMap(counts);
    }

    /** Seconds with six digits, right-aligned in twelve columns. */
    static String time(long nanos) {
        String micros = Long.toString(nanos / 1_000 % 1_000_000);
        String text = nanos / 1_000_000_000L + "." + "0".repeat(6 - micros.length()) + micros + "s";
        return " ".repeat(Math.max(0, 12 - text.length())) + text;
    }
}
