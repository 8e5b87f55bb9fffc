package io.orrery.sim.report;

import io.orrery.sim.report.Recording.ChangeRow;
import io.orrery.sim.report.Recording.EventRow;
import io.orrery.sim.report.Recording.LifeRow;
import io.orrery.sim.report.Recording.LineRow;
import io.orrery.sim.report.Recording.MessageRow;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A recording in Chrome's trace event format, which ui.perfetto.dev opens: a process per node with a track of its events
 * and one of its life and role, arrows for messages, counters for terms and commits, and the world's faults as instants.
 *
 * <p>Timestamps there are microseconds; ours are written with three decimals. An event takes no time in the simulated world;
 * here each gets as much as there is until the next one on its node, at most {@value #SLICE_NANOS_MAX} ns, so that it can be
 * seen and clicked.
 */
public final class PerfettoTrace {
    private static final long SLICE_NANOS_MAX = 20_000;
    private static final int TRACK_EVENTS = 1;
    private static final int TRACK_STATE = 2;

    private final Recording recording;
    private final EventText texts;
    private final StringBuilder out = new StringBuilder("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
    private boolean needsComma;

    private PerfettoTrace(Recording recording) {
        this.recording = recording;
        this.texts = new EventText(recording);
    }

    /** The trace as JSON. */
    public static String of(Recording recording) {
        return new PerfettoTrace(recording).write();
    }

    private String write() {
        names();
        events();
        messages();
        lives();
        states();
        world();
        RunFacts facts = recording.facts();
        return out.append("],\"otherData\":{\"seed\":")
                .append(JsonText.quote(Long.toString(facts.seed())))
                .append(",\"verdict\":")
                .append(JsonText.quote(facts.verdict()))
                .append(",\"failure\":")
                .append(JsonText.quote(facts.failure()))
                .append(",\"replay\":")
                .append(JsonText.quote(facts.replay()))
                .append("}}\n")
                .toString();
    }

    /** Processes count from 1; the world is the last one, so that it has a number of its own. */
    private int process(int node) {
        return node == Recording.WORLD ? recording.nodes().size() + 1 : node + 1;
    }

    private void names() {
        for (int node = 0; node < recording.nodes().size(); node++) {
            name("process_name", node, 0, recording.nodes().get(node));
            name("thread_name", node, TRACK_EVENTS, "events");
            name("thread_name", node, TRACK_STATE, "life and role");
        }
        name("process_name", Recording.WORLD, 0, "world");
        name("thread_name", Recording.WORLD, TRACK_EVENTS, "faults and operations");
    }

    private void name(String what, int node, int track, String name) {
        begin("M", what, node, track, 0);
        out.append(",\"args\":{\"name\":").append(JsonText.quote(name)).append("}}");
    }

    private void events() {
        long[] nextNanos = new long[recording.nodes().size()];
        long[] lengths = new long[recording.events().size()];
        Arrays.fill(nextNanos, Long.MAX_VALUE);
        for (int i = lengths.length - 1; i >= 0; i--) {
            EventRow event = recording.events().get(i);
            lengths[i] = Math.min(SLICE_NANOS_MAX, nextNanos[event.node()] - event.nanos());
            nextNanos[event.node()] = event.nanos();
        }
        for (int i = 0; i < lengths.length; i++) {
            EventRow event = recording.events().get(i);
            begin("X", texts.title(event), event.node(), TRACK_EVENTS, event.nanos());
            out.append(",\"dur\":");
            micros(lengths[i]);
            out.append(",\"args\":{\"event\":").append(event.number());
            int number = 0;
            for (LineRow line : texts.transitions(event)) {
                out.append(",\"transition ").append(++number).append("\":");
                out.append(JsonText.quote(EventText.text(line)));
            }
            MessageRow message = texts.delivered(event);
            if (message != null) {
                out.append(",\"message\":").append(JsonText.quote(message.body()));
            }
            out.append("}}");
        }
    }

    private void messages() {
        Map<Long, MessageRow> sent = new TreeMap<>();
        recording.messages().forEach(message -> sent.put(message.id(), message));
        for (EventRow event : recording.events()) {
            MessageRow message = sent.remove(event.message());
            // A duplicate that arrives later has no arrow of its own, and neither has what was sent before the
            // recording.
            if (message != null && recording.event(message.event()) != null) {
                flow("s", message, message.from(), message.nanos(), "");
                flow("f", message, event.node(), event.nanos(), ",\"bp\":\"e\"");
            }
        }
        for (MessageRow message : recording.messages()) {
            if (!message.loss().isEmpty()) {
                begin("i", message.kind() + " " + message.loss(), message.from(), TRACK_EVENTS, message.nanos());
                out.append(",\"s\":\"t\",\"args\":{\"to\":")
                        .append(JsonText.quote(recording.nodes().get(message.to())))
                        .append(",\"message\":")
                        .append(JsonText.quote(message.body()))
                        .append("}}");
            }
        }
    }

    private void flow(String phase, MessageRow message, int node, long nanos, String binding) {
        begin(phase, message.kind(), node, TRACK_EVENTS, nanos);
        out.append(",\"cat\":\"message\",\"id\":")
                .append(message.id())
                .append(binding)
                .append('}');
    }

    private void lives() {
        long end = end();
        LifeRow[] since = new LifeRow[recording.nodes().size()];
        for (LifeRow life : recording.lives()) {
            LifeRow last = since[life.node()];
            if (last != null) {
                slice(last.turn().equals("crash") ? "down" : "paused", life.node(), last.nanos(), life.nanos());
            }
            boolean isAway = life.turn().equals("crash") || life.turn().equals("pause");
            since[life.node()] = isAway ? life : null;
        }
        for (LifeRow last : since) {
            if (last != null) {
                slice(last.turn().equals("crash") ? "down" : "paused", last.node(), last.nanos(), end);
            }
        }
    }

    private void slice(String name, int node, long fromNanos, long untilNanos) {
        begin("X", name, node, TRACK_STATE, fromNanos);
        out.append(",\"dur\":");
        micros(Math.max(0, untilNanos - fromNanos));
        out.append('}');
    }

    /** Roles as slices, terms and commits as counters: what a description calls so. */
    private void states() {
        ChangeRow[] roles = new ChangeRow[recording.nodes().size()];
        for (ChangeRow change : recording.changes()) {
            String name = change.name().substring(change.name().lastIndexOf('.') + 1);
            if (name.equals("role")) {
                role(roles[change.node()], nanos(change.event()));
                roles[change.node()] = change.value() == null ? null : change;
            } else if ((name.equals("term") || name.equals("commit")) && isNumber(change.value())) {
                begin("C", change.name(), change.node(), 0, nanos(change.event()));
                out.append(",\"args\":{\"value\":").append(change.value()).append("}}");
            }
        }
        for (ChangeRow last : roles) {
            role(last, end());
        }
    }

    private void role(ChangeRow change, long untilNanos) {
        if (change != null) {
            slice(change.value(), change.node(), nanos(change.event()), untilNanos);
        }
    }

    private static boolean isNumber(String value) {
        return value != null && value.length() <= 18 && value.matches("0|[1-9][0-9]*");
    }

    private void world() {
        for (LineRow line : recording.lines()) {
            if (line.node() == Recording.WORLD) {
                begin("i", EventText.text(line), Recording.WORLD, TRACK_EVENTS, line.nanos());
                out.append(",\"s\":\"g\"}");
            }
        }
    }

    private long nanos(long event) {
        EventRow row = recording.event(event);
        if (row != null) {
            return row.nanos();
        }
        return recording.events().isEmpty() ? 0 : recording.events().get(0).nanos();
    }

    private long end() {
        int size = recording.events().size();
        return size == 0 ? 0 : recording.events().get(size - 1).nanos();
    }

    private void begin(String phase, String name, int node, int track, long nanos) {
        out.append(needsComma ? ",\n{\"ph\":\"" : "\n{\"ph\":\"").append(phase).append("\",\"name\":");
        needsComma = true;
        out.append(JsonText.quote(name)).append(",\"pid\":").append(process(node));
        out.append(",\"tid\":").append(track).append(",\"ts\":");
        micros(nanos);
    }

    private void micros(long nanos) {
        String fraction = Long.toString(1_000 + nanos % 1_000);
        out.append(nanos / 1_000).append('.').append(fraction, 1, 4);
    }
}
