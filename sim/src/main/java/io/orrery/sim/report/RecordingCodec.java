package io.orrery.sim.report;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.sim.report.Recording.ChangeRow;
import io.orrery.sim.report.Recording.CutRow;
import io.orrery.sim.report.Recording.EventRow;
import io.orrery.sim.report.Recording.LifeRow;
import io.orrery.sim.report.Recording.LineRow;
import io.orrery.sim.report.Recording.MarkRow;
import io.orrery.sim.report.Recording.MessageRow;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording as bytes: a version, the facts, then each list column by column. {@code report/decode.js} among the
 * resources reads the same; whoever changes one changes both, and the version.
 */
final class RecordingCodec {
    static final int VERSION = 1;

    private RecordingCodec() {}

    static byte[] encode(Recording recording) {
        ColumnWriter out = new ColumnWriter();
        out.count(VERSION);
        facts(out, recording.facts());
        out.string(Long.toString(recording.eventsBefore()));
        out.string(Long.toString(recording.eventsAfter()));
        out.count(recording.nodes().size());
        out.strings(recording.nodes(), node -> node);
        events(out, recording.events());
        messages(out, recording.messages());
        lines(out, recording.lines());
        out.count(recording.marks().size());
        out.deltas(recording.marks(), MarkRow::event);
        out.plain(recording.marks(), MarkRow::node);
        out.strings(recording.marks(), MarkRow::mark);
        out.count(recording.lives().size());
        out.deltas(recording.lives(), LifeRow::event);
        out.deltas(recording.lives(), LifeRow::nanos);
        out.plain(recording.lives(), LifeRow::node);
        out.strings(recording.lives(), LifeRow::turn);
        out.count(recording.cuts().size());
        out.deltas(recording.cuts(), CutRow::event);
        out.deltas(recording.cuts(), CutRow::nanos);
        out.plain(recording.cuts(), CutRow::from);
        out.plain(recording.cuts(), CutRow::to);
        out.plain(recording.cuts(), cut -> cut.isCut() ? 1 : 0);
        out.count(recording.changes().size());
        out.deltas(recording.changes(), ChangeRow::event);
        out.plain(recording.changes(), ChangeRow::node);
        out.strings(recording.changes(), ChangeRow::name);
        out.strings(recording.changes(), ChangeRow::value);
        return out.finish();
    }

    private static void facts(ColumnWriter out, RunFacts facts) {
        // As text: a script's numbers have 53 bits.
        out.string(Long.toString(facts.seed()));
        out.string(facts.workload());
        out.string(facts.scenario());
        out.string(facts.verdict());
        out.string(facts.failure());
        out.string(facts.failureNode());
        out.string(Long.toString(facts.failureNanos()));
        out.string(Long.toString(facts.failureEvent()));
        out.string(facts.traceHash());
        out.string(Long.toString(facts.nanos()));
        out.string(Long.toString(facts.events()));
        out.string(facts.replay());
    }

    private static void events(ColumnWriter out, List<EventRow> rows) {
        out.count(rows.size());
        out.deltas(rows, EventRow::number);
        out.deltas(rows, EventRow::nanos);
        out.plain(rows, EventRow::node);
        out.strings(rows, EventRow::kind);
        out.strings(rows, EventRow::subject);
        out.deltas(rows, EventRow::message);
    }

    private static void messages(ColumnWriter out, List<MessageRow> rows) {
        out.count(rows.size());
        out.deltas(rows, MessageRow::id);
        out.deltas(rows, MessageRow::event);
        out.deltas(rows, MessageRow::nanos);
        out.plain(rows, MessageRow::from);
        out.plain(rows, MessageRow::to);
        out.plain(rows, MessageRow::protocol);
        out.plain(rows, MessageRow::group);
        out.plain(rows, row -> row.isStream() ? 1 : 0);
        out.plain(rows, MessageRow::bytes);
        out.strings(rows, MessageRow::body);
        out.strings(rows, MessageRow::loss);
        out.plain(rows, row -> row.lossNanos() == 0 ? 0 : row.lossNanos() - row.nanos());
    }

    private static void lines(ColumnWriter out, List<LineRow> rows) {
        out.count(rows.size());
        out.deltas(rows, LineRow::event);
        out.deltas(rows, LineRow::nanos);
        out.plain(rows, LineRow::node);
        out.strings(rows, LineRow::scope);
        out.strings(rows, LineRow::what);
        out.strings(rows, LineRow::why);
    }

    /**
     * The inverse.
     *
     * @throws DecodeException if these are not such bytes
     */
    static Recording decode(byte[] bytes) {
        ColumnReader in = new ColumnReader(bytes);
        int version = in.count(0);
        if (version != VERSION) {
            throw new DecodeException("a recording of version " + version);
        }
        RunFacts facts = facts(in);
        long before = Long.parseLong(in.string());
        long after = Long.parseLong(in.string());
        List<String> nodes = List.of(in.strings(in.count(1)));
        Recording recording = new Recording(
                facts,
                before,
                after,
                nodes,
                events(in),
                messages(in),
                lines(in),
                marks(in),
                lives(in),
                cuts(in),
                changes(in));
        in.expectEnd();
        return recording;
    }

    private static RunFacts facts(ColumnReader in) {
        return new RunFacts(
                Long.parseLong(in.string()),
                in.string(),
                in.string(),
                in.string(),
                in.string(),
                in.string(),
                Long.parseLong(in.string()),
                Long.parseLong(in.string()),
                in.string(),
                Long.parseLong(in.string()),
                Long.parseLong(in.string()),
                in.string());
    }

    private static List<EventRow> events(ColumnReader in) {
        int count = in.count(6);
        long[] numbers = in.deltas(count);
        long[] nanos = in.deltas(count);
        long[] nodes = in.plain(count);
        String[] kinds = in.strings(count);
        String[] subjects = in.strings(count);
        long[] messages = in.deltas(count);
        List<EventRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new EventRow(numbers[i], nanos[i], (int) nodes[i], kinds[i], subjects[i], messages[i]));
        }
        return rows;
    }

    private static List<MessageRow> messages(ColumnReader in) {
        int count = in.count(12);
        long[] ids = in.deltas(count);
        long[] events = in.deltas(count);
        long[] nanos = in.deltas(count);
        long[] from = in.plain(count);
        long[] to = in.plain(count);
        long[] protocols = in.plain(count);
        long[] groups = in.plain(count);
        long[] streams = in.plain(count);
        long[] bytes = in.plain(count);
        String[] bodies = in.strings(count);
        String[] losses = in.strings(count);
        long[] lossNanos = in.plain(count);
        List<MessageRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean isLost = !losses[i].isEmpty();
            rows.add(new MessageRow(
                    ids[i],
                    events[i],
                    nanos[i],
                    (int) from[i],
                    (int) to[i],
                    (int) protocols[i],
                    groups[i],
                    streams[i] == 1,
                    (int) bytes[i],
                    bodies[i],
                    losses[i],
                    isLost ? nanos[i] + lossNanos[i] : 0));
        }
        return rows;
    }

    private static List<LineRow> lines(ColumnReader in) {
        int count = in.count(6);
        long[] events = in.deltas(count);
        long[] nanos = in.deltas(count);
        long[] nodes = in.plain(count);
        String[] scopes = in.strings(count);
        String[] whats = in.strings(count);
        String[] whys = in.strings(count);
        List<LineRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new LineRow(events[i], nanos[i], (int) nodes[i], scopes[i], whats[i], whys[i]));
        }
        return rows;
    }

    private static List<MarkRow> marks(ColumnReader in) {
        int count = in.count(3);
        long[] events = in.deltas(count);
        long[] nodes = in.plain(count);
        String[] marks = in.strings(count);
        List<MarkRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new MarkRow(events[i], (int) nodes[i], marks[i]));
        }
        return rows;
    }

    private static List<LifeRow> lives(ColumnReader in) {
        int count = in.count(4);
        long[] events = in.deltas(count);
        long[] nanos = in.deltas(count);
        long[] nodes = in.plain(count);
        String[] turns = in.strings(count);
        List<LifeRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new LifeRow(events[i], nanos[i], (int) nodes[i], turns[i]));
        }
        return rows;
    }

    private static List<CutRow> cuts(ColumnReader in) {
        int count = in.count(5);
        long[] events = in.deltas(count);
        long[] nanos = in.deltas(count);
        long[] from = in.plain(count);
        long[] to = in.plain(count);
        long[] isCut = in.plain(count);
        List<CutRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new CutRow(events[i], nanos[i], (int) from[i], (int) to[i], isCut[i] == 1));
        }
        return rows;
    }

    private static List<ChangeRow> changes(ColumnReader in) {
        int count = in.count(4);
        long[] events = in.deltas(count);
        long[] nodes = in.plain(count);
        String[] names = in.strings(count);
        String[] values = in.strings(count);
        List<ChangeRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new ChangeRow(events[i], (int) nodes[i], names[i], values[i]));
        }
        return rows;
    }
}
