package io.orrery.server.cli;

import io.orrery.server.bench.gossip.CrowdRow;
import io.orrery.server.bench.gossip.FalseDeathsRow;
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

    static String falseDeaths(List<FalseDeathsRow> rows) {
        Table table = new Table(
                "TROUBLE",
                "VARIANT",
                "N",
                "NODE HOURS",
                "FAILED PROBES",
                "SUSPICIONS",
                "FALSE DEATHS",
                "A NODE HOUR",
                "BELIEVED");
        for (FalseDeathsRow row : rows) {
            table.row(
                    row.trouble().words(),
                    row.variant().word(),
                    whole(row.n()),
                    String.format(Locale.ROOT, "%.1f", row.nodeHours()),
                    whole(row.failedProbes()),
                    whole(row.suspicions()),
                    whole(row.declared()),
                    String.format(Locale.ROOT, "%.4f", row.perNodeHour()),
                    whole(row.believed()));
        }
        return "Deaths declared while nobody crashes\n" + table.text();
    }

    static void falseDeaths(JsonWriter json, FalseDeathsRow row) {
        json.object()
                .field("trouble", row.trouble().words())
                .field("variant", row.variant().word())
                .field("n", row.n());
        json.field("simulatedMillis", row.millis()).field("failedProbes", row.failedProbes());
        json.field("suspicions", row.suspicions()).field("falseDeaths", row.declared());
        json.field("believed", row.believed()).end();
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
