package io.orrery.server.cli;

import io.orrery.server.bench.gossip.DetectionRow;
import io.orrery.server.bench.gossip.DisseminationRow;
import io.orrery.server.bench.gossip.FalseSuspicionRow;
import io.orrery.server.bench.gossip.GossipReport;
import io.orrery.server.bench.gossip.LifeguardRow;
import io.orrery.server.bench.gossip.LifeguardRow.Freeze;
import io.orrery.server.bench.gossip.Variant;
import io.orrery.server.plot.Axis;
import io.orrery.server.plot.Bars;
import io.orrery.server.plot.Chart;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The plots of {@code orrery bench gossip}: one SVG file for each section that ran. */
final class GossipPlots {
    private GossipPlots() {}

    static void write(GossipReport report, Path folder) {
        if (!report.detection().isEmpty()) {
            save(folder, "gossip-detection.svg", detection(report.detection()));
        }
        if (!report.dissemination().isEmpty()) {
            save(folder, "gossip-dissemination.svg", dissemination(report.dissemination()));
        }
        if (!report.falseSuspicion().isEmpty()) {
            save(folder, "gossip-false-suspicion.svg", falseSuspicion(report.falseSuspicion()));
        }
        for (Freeze freeze : Freeze.values()) {
            List<LifeguardRow> rows = report.lifeguard().stream()
                    .filter(row -> row.freeze() == freeze)
                    .toList();
            if (!rows.isEmpty()) {
                save(folder, "gossip-lifeguard-" + freeze.word() + ".svg", lifeguard(rows, freeze));
            }
        }
    }

    private static void save(Path folder, String name, String svg) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), svg, StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "cannot write " + folder.resolve(name),
                    String.valueOf(broken.getMessage()),
                    "orrery bench gossip --plots FOLDER");
        }
    }

    private static String detection(List<DetectionRow> rows) {
        Axis x = Axis.log("members", 5, 20_000);
        Axis y = Axis.linear("mean periods until first detection", 1, 2);
        double[] sizes = values(rows, DetectionRow::n);
        return new Chart("First detection of a crash: points measured, lines theory", x, y)
                .line("round robin", sizes, values(rows, DetectionRow::oracleMean))
                .points(sizes, values(rows, DetectionRow::meanPeriods))
                .line("random targets", sizes, values(rows, DetectionRow::randomMean))
                .svg();
    }

    private static String dissemination(List<DisseminationRow> rows) {
        Axis x = Axis.linear("messages lost, %", 0, 50);
        Axis y = Axis.linear("mean rounds until all know", 0, 20);
        Chart chart = new Chart("Spread of one rumour: points measured, lines a synchronous epidemic", x, y);
        for (int n : rows.stream().mapToInt(DisseminationRow::n).distinct().toArray()) {
            List<DisseminationRow> line =
                    rows.stream().filter(row -> row.n() == n).toList();
            double[] losses = values(line, row -> row.lossPpm() / 1e4);
            chart.line(String.format(Locale.ROOT, "N = %,d", n), losses, values(line, DisseminationRow::oracleMean));
            chart.points(losses, values(line, DisseminationRow::meanRounds));
        }
        return chart.svg();
    }

    private static String falseSuspicion(List<FalseSuspicionRow> rows) {
        Axis x = Axis.log("messages lost, %", 1, 50);
        Axis y = Axis.log("share of probes of healthy members that fail", 1e-6, 1);
        Chart chart = new Chart("False suspicions: points measured, lines (1-(1-p)^2)(1-(1-p)^4)^k", x, y);
        for (int k : rows.stream().mapToInt(FalseSuspicionRow::k).distinct().toArray()) {
            List<FalseSuspicionRow> line =
                    rows.stream().filter(row -> row.k() == k).toList();
            List<FalseSuspicionRow> seen =
                    line.stream().filter(row -> row.failed() > 0).toList();
            chart.line("k = " + k, values(line, row -> row.lossPpm() / 1e4), values(line, FalseSuspicionRow::theory));
            chart.points(values(seen, row -> row.lossPpm() / 1e4), values(seen, FalseSuspicionRow::rate));
        }
        return chart.svg();
    }

    private static String lifeguard(List<LifeguardRow> rows, Freeze freeze) {
        Axis axis = Axis.log("false deaths over the grid, logarithmic", 0.5, 1_000_000);
        Bars bars = new Bars("128 members, 1 to 32 of them " + freeze.word() + " again and again", axis);
        for (Variant variant : Variant.values()) {
            long deaths = rows.stream()
                    .filter(row -> row.variant() == variant)
                    .mapToLong(LifeguardRow::falseDeaths)
                    .sum();
            bars.bar(variant.word(), deaths, String.format(Locale.ROOT, "%,d", deaths));
        }
        return bars.svg();
    }

    private static <T> double[] values(List<T> rows, ToDoubleFunction<T> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
