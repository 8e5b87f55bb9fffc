package io.orrery.server.cli;

import io.orrery.server.bench.snapshot.SnapshotFigures;
import io.orrery.server.bench.snapshot.SnapshotPhase;
import io.orrery.server.json.JsonWriter;
import java.util.Locale;

/** What {@code orrery bench snapshot} prints. */
final class SnapshotReport {
    private static final double MIB = 1024 * 1024;

    private final SnapshotFigures figures;

    SnapshotReport(SnapshotFigures figures) {
        this.figures = figures;
    }

    String text() {
        return String.join("\n\n", load(), events(), summary());
    }

    private String load() {
        Table table = new Table("PHASE", "SECONDS", "COMMITS/S", "P50 MS", "P99 MS", "MAX MS", "FAILED", "GC PAUSE MS");
        for (SnapshotPhase phase : figures.phases()) {
            table.row(
                    phase.name(),
                    tenths(phase.millis() / 1e3),
                    whole(phase.perSecond()),
                    tenths(phase.p50Micros() / 1e3),
                    tenths(phase.p99Micros() / 1e3),
                    whole(phase.longestMillis()),
                    whole(phase.failed()),
                    whole(phase.pauseMillis()));
        }
        return table.text();
    }

    private String events() {
        Table table = new Table(
                "LONGEST EVENTS", "NODE", "PROCESSOR TIME MS", "WHAT", "WALL MS", "EVENTS", "OF MORE THAN 5 MS");
        for (SnapshotPhase phase : figures.phases()) {
            for (int node = 0; node < phase.events().size(); node++) {
                SnapshotPhase.Events events = phase.events().get(node);
                table.row(
                        node == 0 ? phase.name() : "",
                        "n" + (node + 1),
                        hundredths(events.cpuMicros() / 1e3),
                        events.what(),
                        tenths(events.wallMicros() / 1e3),
                        whole(events.count()),
                        events.over5Millis() == 0 ? "0" : whole(events.over5Millis()) + " " + events.kinds());
            }
        }
        return table.text();
    }

    private String summary() {
        Table table = new Table("FIGURE", "VALUE");
        table.row("state, MiB", whole(figures.stateBytes() / MIB));
        table.row("snapshot, MiB", whole(figures.fileBytes() / MIB));
        table.row("slices, of " + figures.sliceBytes() / 1024 + " KiB", whole(figures.slices()));
        table.row(
                "fetched when connections broke / when killed", figures.slicesAtCut() + " / " + figures.slicesAtKill());
        table.row("slices sent by the others in total", whole(figures.slicesServed()));
        table.row("slices received in total", whole(figures.slicesReceived()));
        table.row(
                "sent in total, of the snapshot's size",
                hundredths(100.0 * figures.slicesServed() / figures.slices()) + " %");
        table.row("received over TCP meanwhile, entries included, MiB", whole(figures.bytesReceived() / MIB));
        table.row("taken by the leader in, ms", whole(figures.takeMillis()));
        table.row("fetched in, while up and connected, ms", whole(figures.fetchMillis()));
        table.row("put in place in, ms", whole(figures.loadMillis()));
        table.row("read back at a start in, ms", whole(figures.readBackMillis()));
        table.row("entries compacted by the second snapshot", whole(figures.entriesCompacted()));
        table.row("heap at most, MiB", whole(figures.heapBytesMax() / MIB));
        table.row("direct memory at most, MiB", whole(figures.directBytesMax() / MIB));
        for (int node = 0; node < figures.diskBytesMax().size(); node++) {
            table.row(
                    "disk of n" + (node + 1) + " at most, MiB",
                    whole(figures.diskBytesMax().get(node) / MIB));
        }
        return table.text();
    }

    String json() {
        JsonWriter out = new JsonWriter().object();
        out.field("stateBytes", figures.stateBytes()).field("snapshotBytes", figures.fileBytes());
        out.field("sliceBytes", figures.sliceBytes()).field("slices", figures.slices());
        out.field("slicesAtCut", figures.slicesAtCut()).field("slicesAtKill", figures.slicesAtKill());
        out.field("slicesServed", figures.slicesServed()).field("slicesReceived", figures.slicesReceived());
        out.field("bytesReceived", figures.bytesReceived());
        out.field("takeMillis", Math.round(figures.takeMillis()));
        out.field("fetchMillis", Math.round(figures.fetchMillis()));
        out.field("loadMillis", Math.round(figures.loadMillis()));
        out.field("readBackMillis", Math.round(figures.readBackMillis()));
        out.field("entriesCompacted", figures.entriesCompacted());
        out.field("heapBytesMax", figures.heapBytesMax()).field("directBytesMax", figures.directBytesMax());
        out.name("diskBytesMax").array();
        figures.diskBytesMax().forEach(bytes -> out.value(bytes.longValue()));
        out.end().name("rows").array();
        figures.phases().forEach(phase -> json(phase, out));
        return out.end().end().toString();
    }

    private static void json(SnapshotPhase phase, JsonWriter out) {
        out.object().field("phase", phase.name()).field("millis", Math.round(phase.millis()));
        out.field("perSecond", Math.round(phase.perSecond())).field("failed", phase.failed());
        out.field("p50Micros", Math.round(phase.p50Micros())).field("p99Micros", Math.round(phase.p99Micros()));
        out.field("longestMillis", Math.round(phase.longestMillis()));
        out.field("collectorPauseMillis", phase.pauseMillis()).name("nodes").array();
        for (SnapshotPhase.Events events : phase.events()) {
            out.object().field("longestEventCpuMicros", Math.round(events.cpuMicros()));
            out.field("longestEvent", events.what());
            out.field("longestEventWallMicros", Math.round(events.wallMicros()));
            out.field("eventsOver5CpuMillis", events.over5Millis())
                    .field("events", events.count())
                    .end();
        }
        out.end().end();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }

    private static String hundredths(double value) {
        return String.format(Locale.ROOT, "%,.2f", value);
    }
}
