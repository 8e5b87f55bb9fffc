package io.orrery.server.mutant;

import io.orrery.server.json.JsonWriter;
import io.orrery.server.mutant.ShrunkMutant.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How small the failures of mutants became, and what it took.
 *
 * @param results of those in which a seed failed, and of the others
 */
public record ShrinkTable(List<ShrunkMutant> results) {
    /** One line. */
    public static String line(ShrunkMutant one) {
        if (!one.isShrunk()) {
            return one.mutant().id() + "  " + one.trouble();
        }
        return String.format(
                Locale.ROOT,
                "%s  seed %d: faults %d -> %d, operations %d -> %d, nodes %d -> %d, %d -> %d ms; %d runs, %.1f s, %.1f s of CPU%s; %s",
                one.mutant().id(),
                one.seed(),
                one.before().faults(),
                one.after().faults(),
                one.before().operations(),
                one.after().operations(),
                one.before().nodes(),
                one.after().nodes(),
                one.before().millis(),
                one.after().millis(),
                one.runs(),
                one.seconds(),
                one.cpuSeconds(),
                one.isMinimal() ? "" : ", budget ended",
                one.claim());
    }

    /** Medians and maxima over those in which a seed failed. */
    public String summary() {
        List<ShrunkMutant> shrunk = shrunk();
        if (shrunk.isEmpty()) {
            return "no seed failed, so nothing was shrunk";
        }
        long minimal = shrunk.stream().filter(ShrunkMutant::isMinimal).count();
        return String.format(Locale.ROOT, "%d mutants, %d of them 1-minimal; ", shrunk.size(), minimal)
                + spread("seconds", "%.1f", ShrunkMutant::seconds) + "; "
                + spread("of CPU", "%.1f", ShrunkMutant::cpuSeconds) + "; "
                + spread("fault lines", "%.0f", one -> one.after().faults()) + "; "
                + spread("operations", "%.0f", one -> one.after().operations());
    }

    private String spread(String what, String format, ToDoubleFunction<ShrunkMutant> value) {
        double[] sorted = shrunk().stream().mapToDouble(value).sorted().toArray();
        double median = sorted[(sorted.length - 1) / 2];
        return what + " median " + String.format(Locale.ROOT, format, median) + ", at most "
                + String.format(Locale.ROOT, format, sorted[sorted.length - 1]);
    }

    private List<ShrunkMutant> shrunk() {
        return results.stream().filter(ShrunkMutant::isShrunk).toList();
    }

    /** For a page, with the summary below it. */
    public String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| mutant | seed | fault lines | operations | nodes | time | runs | seconds | of CPU | |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---:|---|");
        for (ShrunkMutant one : shrunk()) {
            Size before = one.before();
            Size after = one.after();
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d → %d | %d → %d | %d → %d | %d ms → %d ms | %d | %.1f | %.1f | %s |",
                    one.mutant().id(),
                    one.seed(),
                    before.faults(),
                    after.faults(),
                    before.operations(),
                    after.operations(),
                    before.nodes(),
                    after.nodes(),
                    before.millis(),
                    after.millis(),
                    one.runs(),
                    one.seconds(),
                    one.cpuSeconds(),
                    one.isMinimal() ? "1-minimal" : "budget ended"));
        }
        return String.join("\n", lines) + "\n\n" + summary();
    }

    public String json() {
        JsonWriter json = new JsonWriter().object().name("mutants").array();
        for (ShrunkMutant one : results) {
            json.object().field("mutant", one.mutant().id());
            if (one.isShrunk()) {
                json.field("seed", one.seed()).field("claim", one.claim()).field("minimal", one.isMinimal());
                size(json.name("before"), one.before());
                size(json.name("after"), one.after());
                json.field("runs", one.runs())
                        .name("seconds")
                        .tree(one.seconds())
                        .name("cpuSeconds")
                        .tree(one.cpuSeconds());
            } else {
                json.field("trouble", one.trouble());
            }
            json.end();
        }
        return json.end().field("summary", summary()).end().toString();
    }

    private static void size(JsonWriter json, Size size) {
        json.object().field("faults", size.faults()).field("operations", size.operations());
        json.field("nodes", size.nodes()).field("millis", size.millis()).end();
    }
}
