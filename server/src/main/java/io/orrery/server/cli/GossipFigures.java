package io.orrery.server.cli;

import io.orrery.server.bench.gossip.DetectionRow;
import io.orrery.server.bench.gossip.DisseminationRow;
import io.orrery.server.bench.gossip.EverywhereRow;
import io.orrery.server.bench.gossip.FalseSuspicionRow;
import io.orrery.server.bench.gossip.GossipReport;
import io.orrery.server.bench.gossip.LifeguardRow;
import io.orrery.server.bench.gossip.Section;
import io.orrery.server.json.JsonWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The figures of {@code orrery bench gossip} as tables and as JSON. */
final class GossipFigures {
    private GossipFigures() {}

    static String text(GossipReport report, Set<Section> sections) {
        List<String> parts = new ArrayList<>();
        for (Section section : sections) {
            parts.add(
                    switch (section) {
                        case DETECTION -> detection(report);
                        case DISSEMINATION -> dissemination(report);
                        case FALSE_SUSPICION -> falseSuspicion(report);
                        case LIFEGUARD -> LifeguardFigures.text(report.lifeguard());
                        case EVERYWHERE -> everywhere(report);
                        case TRAFFIC -> CrowdFigures.traffic(report.traffic());
                        case JOIN -> CrowdFigures.crowd("Nodes that join one seed all at once", report.join());
                        case FALSE_DEATHS -> CrowdFigures.falseDeaths(report.falseDeaths());
                        case RESTART -> CrowdFigures.crowd("A cluster that restarts as a whole", report.restart());
                        case HOUR -> CrowdFigures.crowd("A crowd that runs for long", report.hour());
                    });
        }
        return String.join("\n\n", parts);
    }

    private static String detection(GossipReport report) {
        Table table = new Table("N", "CRASHES", "MEAN", "SIGMA", "THEORY", "RANDOM", "P50", "P99", "THEORY", "AGREES");
        for (DetectionRow row : report.detection()) {
            table.row(
                    whole(row.n()),
                    whole(row.runs()),
                    form("%.3f", row.meanPeriods()),
                    form("%.3f", row.sigma()),
                    form("%.3f", row.oracleMean()),
                    form("%.3f", row.randomMean()),
                    form("%.0f", row.p50()),
                    form("%.0f", row.p99()),
                    form("%.0f", row.oracleP99()),
                    row.isAsPredicted() ? "yes" : "no");
        }
        return "Periods until a crash is first detected; theory for round-robin and for random probing\n"
                + table.text();
    }

    private static String falseSuspicion(GossipReport report) {
        Table table = new Table("LOSS", "K", "PROBES", "FAILED", "RATE", "THEORY", "SIGMA", "AGREES");
        for (FalseSuspicionRow row : report.falseSuspicion()) {
            table.row(
                    form("%.0f %%", row.lossPpm() / 1e4),
                    whole(row.k()),
                    whole(row.probes()),
                    whole(row.failed()),
                    form("%.3e", row.rate()),
                    form("%.3e", row.theory()),
                    form("%.1e", row.sigma()),
                    row.isAsPredicted() ? "yes" : "no");
        }
        return "Probes of healthy members that fail, by loss of messages and relays asked\n" + table.text();
    }

    private static String dissemination(GossipReport report) {
        Table table = new Table(
                "N", "LOSS", "RUMOURS", "MEAN", "ORACLE", "SIGMA", "P99", "ORACLE", "REACHED ALL", "ORACLE", "AGREES");
        for (DisseminationRow row : report.dissemination()) {
            table.row(
                    whole(row.n()),
                    form("%.0f %%", row.lossPpm() / 1e4),
                    whole(row.runs()),
                    form("%.2f", row.meanRounds()),
                    form("%.2f", row.oracleMean()),
                    form("%.2f", row.sigma()),
                    form("%.0f", row.p99()),
                    form("%.0f", row.oracleP99()),
                    form("%.3f", (double) row.reached() / row.runs()),
                    form("%.3f", row.oracleReached()),
                    row.isAsPredicted() ? "yes" : "no");
        }
        return "Rounds of gossip until a rumour has reached everybody, where it does by gossip alone\n" + table.text();
    }

    private static String everywhere(GossipReport report) {
        Table table = new Table("N", "VARIANT", "CRASHES", "FIRST P50", "FIRST P99", "ALL P50", "ALL P99");
        for (EverywhereRow row : report.everywhere()) {
            table.row(
                    whole(row.n()),
                    row.variant().word(),
                    whole(row.runs()),
                    form("%.2f s", row.firstP50() / 1e3),
                    form("%.2f s", row.firstP99() / 1e3),
                    form("%.2f s", row.allP50() / 1e3),
                    form("%.2f s", row.allP99() / 1e3));
        }
        return "From a crash until the first member, and until all, hold it for dead; periods of 1 s\n" + table.text();
    }

    static String json(GossipReport report, Set<Section> sections) {
        JsonWriter json = new JsonWriter().object();
        for (Section section : sections) {
            json.name(section.word()).array();
            switch (section) {
                case DETECTION -> report.detection().forEach(row -> detection(json, row));
                case DISSEMINATION -> report.dissemination().forEach(row -> dissemination(json, row));
                case LIFEGUARD -> report.lifeguard().forEach(row -> lifeguard(json, row));
                case EVERYWHERE -> report.everywhere().forEach(row -> everywhere(json, row));
                case TRAFFIC -> report.traffic().forEach(row -> CrowdFigures.traffic(json, row));
                case JOIN -> report.join().forEach(row -> CrowdFigures.crowd(json, row));
                case FALSE_DEATHS -> report.falseDeaths().forEach(row -> CrowdFigures.falseDeaths(json, row));
                case RESTART -> report.restart().forEach(row -> CrowdFigures.crowd(json, row));
                case HOUR -> report.hour().forEach(row -> CrowdFigures.crowd(json, row));
                case FALSE_SUSPICION -> report.falseSuspicion().forEach(row -> falseSuspicion(json, row));
            }
            json.end();
        }
        return json.end().toString();
    }

    private static void detection(JsonWriter json, DetectionRow row) {
        json.object().field("n", row.n());
        number(json, "meanPeriods", row.meanPeriods());
        number(json, "p50", row.p50());
        number(json, "p99", row.p99());
        number(json, "sigma", row.sigma());
        json.field("runs", row.runs()).end();
    }

    private static void dissemination(JsonWriter json, DisseminationRow row) {
        json.object().field("n", row.n()).field("lossPpm", row.lossPpm());
        number(json, "meanRounds", row.meanRounds());
        number(json, "oracleRounds", row.oracleMean());
        number(json, "sigma", row.sigma());
        number(json, "p99", row.p99());
        number(json, "oracleP99", row.oracleP99());
        json.field("reachedAll", row.reached());
        number(json, "oracleReachedAll", row.oracleReached());
        json.field("runs", row.runs()).end();
    }

    private static void lifeguard(JsonWriter json, LifeguardRow row) {
        json.object()
                .field("variant", row.variant().word())
                .field("freeze", row.freeze().word());
        json.field("frozen", row.frozen()).field("millis", row.millis());
        json.field("falsePositives", row.falseDeaths()).field("falsePositivesAtHealthy", row.atHealthy());
        json.field("firstDetectionMillis", row.firstMillis())
                .field("fullDetectionMillis", row.allMillis())
                .end();
    }

    private static void everywhere(JsonWriter json, EverywhereRow row) {
        json.object().field("n", row.n()).field("variant", row.variant().word()).field("runs", row.runs());
        json.field("firstP50Millis", Math.round(row.firstP50())).field("firstP99Millis", Math.round(row.firstP99()));
        json.field("allP50Millis", Math.round(row.allP50()))
                .field("allP99Millis", Math.round(row.allP99()))
                .end();
    }

    private static void falseSuspicion(JsonWriter json, FalseSuspicionRow row) {
        json.object().field("lossPpm", row.lossPpm()).field("k", row.k()).field("probes", row.probes());
        json.field("failed", row.failed());
        number(json, "rate", row.rate());
        number(json, "theory", row.theory());
        number(json, "sigma", row.sigma());
        json.end();
    }

    /** Four digits say all that is measured. */
    private static void number(JsonWriter json, String name, double value) {
        json.name(name).tree(BigDecimal.valueOf(value).round(new MathContext(4)).stripTrailingZeros());
    }

    private static String form(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }

    private static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
