package io.orrery.server.cli;

import io.orrery.server.bench.Spread;
import io.orrery.server.bench.gossip.LifeguardRow;
import io.orrery.server.bench.gossip.LifeguardRow.Freeze;
import io.orrery.server.bench.gossip.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lifeguard's grid, each variant's cells taken together. */
final class LifeguardFigures {
    private LifeguardFigures() {}

    static String text(List<LifeguardRow> rows) {
        Table table = new Table(
                "FREEZE",
                "VARIANT",
                "FALSE DEATHS",
                "AT HEALTHY",
                "OF SWIM'S",
                "FIRST, MEDIAN",
                "ALL, MEDIAN",
                "ALL, MAX");
        for (Freeze freeze : Freeze.values()) {
            long baseline = falseDeaths(of(rows, freeze, Variant.SWIM));
            for (Variant variant : Variant.values()) {
                List<LifeguardRow> cells = of(rows, freeze, variant);
                if (!cells.isEmpty()) {
                    row(table, freeze, variant, cells, baseline);
                }
            }
        }
        return "False deaths among 128 of which 1 to 32 freeze again and again, and how fast a crash is detected meanwhile\n"
                + table.text();
    }

    private static void row(Table table, Freeze freeze, Variant variant, List<LifeguardRow> cells, long baseline) {
        Spread first =
                spread(cells.stream().mapToLong(LifeguardRow::firstMillis).toArray());
        Spread all = spread(cells.stream().mapToLong(LifeguardRow::allMillis).toArray());
        long deaths = falseDeaths(cells);
        long atHealthy = cells.stream().mapToLong(LifeguardRow::atHealthy).sum();
        table.row(
                freeze.word(),
                variant.word(),
                String.format(Locale.ROOT, "%,d", deaths),
                String.format(Locale.ROOT, "%,d", atHealthy),
                baseline == 0 ? "" : String.format(Locale.ROOT, "%.2f %%", 100.0 * deaths / baseline),
                seconds(first.median()),
                seconds(all.median()),
                seconds(all.max()));
    }

    private static List<LifeguardRow> of(List<LifeguardRow> rows, Freeze freeze, Variant variant) {
        return rows.stream()
                .filter(row -> row.freeze() == freeze && row.variant() == variant)
                .toList();
    }

    private static long falseDeaths(List<LifeguardRow> cells) {
        return cells.stream().mapToLong(LifeguardRow::falseDeaths).sum();
    }

    /** Of crashes that were detected. */
    private static Spread spread(long[] millis) {
        double[] found =
                Arrays.stream(millis).filter(each -> each >= 0).asDoubleStream().toArray();
        return found.length == 0 ? new Spread(-1, -1, -1) : Spread.of(found);
    }

    private static String seconds(double millis) {
        return millis < 0 ? "never" : String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }
}
