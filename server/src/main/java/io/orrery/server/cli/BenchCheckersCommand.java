package io.orrery.server.cli;

import io.orrery.server.bench.CheckerBench;
import io.orrery.server.bench.CheckerRow;
import io.orrery.server.bench.Spread;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery bench checkers}: how long histories of clients take to judge. */
@Command(
        name = "checkers",
        mixinStandardHelpOptions = true,
        description = {
            "How long the checkers of histories take: one register or one queue, one key, processor time a history.",
            "Of a register's operations one in ten ends without its client learning how. Medians over seeds."
        })
final class BenchCheckersCommand implements Runnable {
    @ParentCommand
    private BenchCommand parent;

    @Option(
            names = "--operations",
            paramLabel = "N",
            description = "Operations of a history (default: ${DEFAULT-VALUE}).")
    private int operations = 10_000;

    @Option(names = "--seeds", paramLabel = "N", description = "Histories of each kind (default: ${DEFAULT-VALUE}).")
    private int seeds = 21;

    @Mixin
    private OutputOption output;

    @Override
    public void run() {
        if (operations < 1 || seeds < 1) {
            throw new ProblemException(
                    ExitCode.USAGE, "--operations and --seeds are at least 1", "", "orrery bench checkers --help");
        }
        List<CheckerRow> rows = new CheckerBench(operations, seeds).run();
        parent.console().print(output.isJson() ? json(rows) : text(rows));
    }

    private static String text(List<CheckerRow> rows) {
        Table table = new Table(
                "HISTORIES", "OPERATIONS", "VALID", "INVALID", "UNDECIDED", "STEPS", "MS, MEDIAN", "MIN", "MAX");
        for (CheckerRow row : rows) {
            table.row(
                    row.name(),
                    Integer.toString(row.operations()),
                    Integer.toString(row.valid()),
                    Integer.toString(row.invalid()),
                    Integer.toString(row.undecided()),
                    String.format(Locale.ROOT, "%,.0f", row.steps().median()),
                    tenths(row.millis().median()),
                    tenths(row.millis().min()),
                    tenths(row.millis().max()));
        }
        return table.text();
    }

    private static String tenths(double millis) {
        return String.format(Locale.ROOT, "%.1f", millis);
    }

    /** Times in microseconds. */
    private static String json(List<CheckerRow> rows) {
        JsonWriter out = new JsonWriter().object().name("checkers").array();
        for (CheckerRow row : rows) {
            out.object().field("histories", row.name()).field("operations", row.operations());
            out.field("valid", row.valid()).field("invalid", row.invalid()).field("undecided", row.undecided());
            spread(out, "steps", row.steps(), 1);
            spread(out, "micros", row.millis(), 1000);
            out.end();
        }
        return out.end().end().toString();
    }

    private static void spread(JsonWriter out, String name, Spread spread, int factor) {
        out.name(name).object().field("median", Math.round(spread.median() * factor));
        out.field("min", Math.round(spread.min() * factor));
        out.field("max", Math.round(spread.max() * factor)).end();
    }
}
