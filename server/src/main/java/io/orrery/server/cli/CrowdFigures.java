package io.orrery.server.cli;

import io.orrery.server.bench.gossip.CrowdRow;
import io.orrery.server.bench.gossip.TrafficRow;
import io.orrery.server.json.JsonWriter;
import java.util.List;
import java.util.Locale;

/** What crowds cost: the wire, and the machine that simulates them. */
final class CrowdFigures {
    private CrowdFigures() {}

    static String traffic(List<TrafficRow> rows) {
        Table table = new Table("N", "OWNER LOG", "GOSSIP", "ROWS", "BYTES/S A NODE", "FRAMES/S A NODE");
        for (TrafficRow row : rows) {
            table.row(
                    whole(row.n()),
                    row.hasRows() ? "yes" : "no",
                    whole(Math.round(row.gossipBytes())),
                    whole(Math.round(row.rowBytes())),
                    whole(Math.round(row.gossipBytes() + row.rowBytes())),
                    String.format(Locale.ROOT, "%.2f", row.packets()));
        }
        return "Bytes of frames that a node sends while nothing happens\n" + table.text();
    }

    static String crowd(String title, List<CrowdRow> rows) {
        Table table = new Table("N", "SIMULATED", "EVENTS", "WALL", "CPU", "HEAP", "SENT", "OUTCOME");
        for (CrowdRow row : rows) {
            table.row(
                    whole(row.n()),
                    seconds(row.simulatedMillis()),
                    whole(row.events()),
                    seconds(row.wallMillis()),
                    seconds(row.cpuMillis()),
                    whole(row.heapBytes() / 1_000_000) + " MB",
                    whole(row.megabytes()) + " MB",
                    row.outcome());
        }
        return title + "\n" + table.text();
    }

    static void traffic(JsonWriter json, TrafficRow row) {
        json.object().field("n", row.n()).field("ownerLog", row.hasRows());
        json.field("gossipBytesPerSecond", Math.round(row.gossipBytes()));
        json.field("rowBytesPerSecond", Math.round(row.rowBytes())).end();
    }

    static void crowd(JsonWriter json, CrowdRow row) {
        json.object().field("n", row.n()).field("simulatedMillis", row.simulatedMillis());
        json.field("events", row.events()).field("wallMillis", row.wallMillis()).field("cpuMillis", row.cpuMillis());
        json.field("heapBytes", row.heapBytes()).field("megabytesSent", row.megabytes());
        json.field("outcome", row.outcome()).end();
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%,.1f s", millis / 1e3);
    }

    private static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
