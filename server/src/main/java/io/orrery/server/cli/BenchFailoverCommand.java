package io.orrery.server.cli;

import io.orrery.server.bench.FailoverBench;
import io.orrery.server.bench.FailoverFigures;
import io.orrery.server.bench.FailoverFigures.Percentiles;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery bench failover}: how long a group is without a leader. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = {
            "How long a Raft group is without a leader when its leader loses power, and when it hands over under",
            "load. In simulated time, so that nothing else on this machine counts: the same figures on each run."
        })
final class BenchFailoverCommand implements Callable<Integer> {
    private static final int TRIALS_MAX = 100_000;
    private static final int VOTERS_MAX = 9;
    /** A round trip of a tenth of the election timeout, below which leaders fall for no reason, and half as much again. */
    private static final int DELAY_MILLIS_MAX = 75;

    @ParentCommand
    private BenchCommand parent;

    @Option(names = "--trials", paramLabel = "N", description = "Simulations of each (default: ${DEFAULT-VALUE}).")
    private int trials = 500;

    @Option(names = "--voters", paramLabel = "N", description = "Of the group (default: ${DEFAULT-VALUE}).")
    private int voters = 3;

    @Option(
            names = "--delay",
            paramLabel = "MILLIS",
            description = "That each frame takes, give or take a fifth (default: 100 to 500 microseconds).")
    private int delayMillis;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        check("--trials", trials, 1, TRIALS_MAX);
        check("--voters", voters, 3, VOTERS_MAX);
        check("--delay", delayMillis, 0, DELAY_MILLIS_MAX);
        FailoverFigures figures = new FailoverBench(trials, voters, delayMillis).run();
        parent.console().print(output.isJson() ? json(figures) : text(figures));
        return 0;
    }

    private static void check(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new ProblemException(
                    ExitCode.USAGE, option + " is from " + min + " to " + max, "", "orrery bench failover --help");
        }
    }

    private static String text(FailoverFigures f) {
        long election = FailoverBench.electionNanos() / 1_000_000;
        Table table = new Table("FIGURE, ms", "AIM", "MIN", "MEDIAN", "P99", "MAX");
        row(table, "power lost, to the next acknowledged write", "p99 at most " + election * 3 / 2, f.failoverMillis());
        row(table, "leadership handed over", "at most 50", f.transferMillis());
        row(table, "longest request meanwhile", "", f.longestRequestMillis());
        return f.trials() + " trials of each, election timeout " + election + " ms\n" + table.text() + "\n" + f.split()
                + " failovers took more than one term; " + f.failed() + " of " + f.requests()
                + " requests around the transfers failed";
    }

    private static void row(Table table, String name, String aim, Percentiles p) {
        table.row(name, aim, tenths(p.min()), tenths(p.p50()), tenths(p.p99()), tenths(p.max()));
    }

    private static String tenths(double millis) {
        return String.format(Locale.ROOT, "%.1f", millis);
    }

    private static String json(FailoverFigures f) {
        JsonWriter json = new JsonWriter().object().field("trials", f.trials()).field("split", f.split());
        json.field("electionMicros", FailoverBench.electionNanos() / 1_000);
        percentiles(json, "failover", f.failoverMillis());
        percentiles(json, "transfer", f.transferMillis());
        percentiles(json, "longestRequest", f.longestRequestMillis());
        return json.field("requests", f.requests())
                .field("failed", f.failed())
                .end()
                .toString();
    }

    private static void percentiles(JsonWriter json, String name, Percentiles p) {
        json.field(name + "MicrosMin", Math.round(1000 * p.min()))
                .field(name + "MicrosP50", Math.round(1000 * p.p50()));
        json.field(name + "MicrosP99", Math.round(1000 * p.p99()))
                .field(name + "MicrosMax", Math.round(1000 * p.max()));
    }
}
